/** Makes the renderer for a format. */
import type { RenderIo } from './io.ts';
import { createJsonLinesRenderer } from './jsonl.ts';
import { createPlainRenderer } from './plain.ts';
import type { Renderer, RendererOptions } from './renderer.ts';
import { createSilentRenderer } from './silent.ts';
import { canDrawTree, createTreeRenderer } from './tree.ts';

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
