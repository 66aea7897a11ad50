/** Renders nothing of a run that succeeds; a failure is still told, on standard error. */
import { wantsColour } from './colour.ts';
import { createFailureBlock } from './failure-block.ts';
import type { RenderIo } from './io.ts';
import type { Renderer } from './renderer.ts';

/** Makes the renderer for callers that print the result themselves. */
export function createSilentRenderer(io: RenderIo): Renderer {
  const failureBlock = createFailureBlock({ colour: wantsColour(io.stderr, io.environment) });
  return {
    listener: (event) => {
      failureBlock.note(event);
      if (event.type === 'run-end') io.stderr.write(failureBlock.text(event));
    },
    tell: (line) => io.stderr.write(`${line}\n`),
    close: () => undefined,
  };
}
