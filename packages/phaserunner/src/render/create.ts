/** Makes the renderer for a format; those that draw nothing stand here. */
import { jsonLine } from './json-safe.ts';
import { createPlainRenderer } from './plain.ts';
import type { Output, Renderer, RendererOptions, RenderIo } from './renderer.ts';
import { wantsColour } from './style.ts';
import { createFailureBlock } from './summary.ts';
import { canDrawTree, createTreeRenderer } from './tree.ts';

/** Writes every event to `output`; what is no event goes to `beside`. */
function createJsonLinesRenderer(output: Output, beside: Output): Renderer {
  return {
    listener: (event) => output.write(`${jsonLine(event)}\n`),
    tell: (line) => beside.write(`${line}\n`),
    close: () => undefined,
  };
}

/** Makes the renderer for callers that print the result themselves. */
function createSilentRenderer(io: RenderIo): Renderer {
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

/** `tree` is drawn only in a terminal that can move its cursor; anywhere else it is `plain`. */
export type RendererFormat = 'plain' | 'tree' | 'jsonl' | 'silent';

const makers: Readonly<Record<RendererFormat, (io: RenderIo, options: RendererOptions) => Renderer>> = {
  plain: createPlainRenderer,
  tree: (io, options) => {
    const target = options.progressTo === 'stderr' ? io.stderr : io.stdout;
    return canDrawTree(target, io.environment) ? createTreeRenderer(io, options) : createPlainRenderer(io, options);
  },
  jsonl: (io, { progressTo }) => createJsonLinesRenderer(progressTo === 'stderr' ? io.stderr : io.stdout, io.stderr),
  silent: createSilentRenderer,
};

/**
 * Returns a renderer. Give its `listener` to the run and call `close` when the run is over, however it ended.
 *
 * @example
 * const renderer = createRenderer('tree', { stdout: process.stdout, stderr: process.stderr, environment: process.env });
 */
export function createRenderer(format: RendererFormat, io: RenderIo, options: RendererOptions = {}): Renderer {
  return makers[format](io, options);
}
