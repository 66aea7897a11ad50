/** Renders a run as a live tree of its phases in a terminal. What must not be missed is printed above it and stays. */
import type { RunEvent } from '../events.ts';
import { createPaint, wantsColour } from './colour.ts';
import { createFailureBlock } from './failure-block.ts';
import { systemClock, type Output, type RenderIo } from './io.ts';
import { createLiveRegion } from './live-region.ts';
import { chooseMarks } from './marks.ts';
import type { Renderer, RendererOptions } from './renderer.ts';
import { summaryLines, type RunEnd } from './summary.ts';
import { drawFrame } from './tree-frame.ts';
import { createTreeModel } from './tree-model.ts';
import { createNotes } from './tree-notes.ts';

/** Just under twelve frames a second: smooth for a spinner, cheap over a slow line. */
const frameMs = 90;

/** Whether `output` is a terminal whose cursor can be moved. */
export function canDrawTree(output: Output, environment: RenderIo['environment']): boolean {
  return output.isTTY === true && environment['TERM'] !== 'dumb';
}

/** Draws on `progressTo`, which has to be a terminal. */
export function createTreeRenderer(io: RenderIo, options: RendererOptions): Renderer {
  const target = options.progressTo === 'stderr' ? io.stderr : io.stdout;
  const clock = io.clock ?? systemClock;
  const verbosity = options.verbosity ?? 0;
  const rehearsal = options.rehearsal ?? false;
  const { model, apply } = createTreeModel();
  const region = createLiveRegion(target);
  const marks = chooseMarks(io.environment);
  const paint = createPaint(wantsColour(target, io.environment));
  const notes = createNotes(io, target, { verbosity, rehearsal });
  const failureBlock = createFailureBlock({ colour: wantsColour(io.stderr, io.environment), stack: verbosity >= 5 });
  let tick = 0;
  let stopTimer: (() => void) | undefined;

  const draw = (): void => {
    if (!notes.isEmpty()) region.erase();
    notes.flush();
    const { columns = 80, rows = 24 } = target;
    region.show(drawFrame(model, { columns, rows, nowMs: clock.now(), tick, marks, paint }));
    tick += 1;
  };
  const close = (): void => {
    if (stopTimer !== undefined) {
      stopTimer();
      stopTimer = undefined;
      draw();
      region.release();
    }
    notes.flush();
  };
  const closing = (end: RunEnd): void => {
    const [headline = '', ...words] = summaryLines(end, { ...options, plan: model.plan, rehearsal, detailed: verbosity >= 1 });
    const style = end.status === 'succeeded' ? 'green' : 'red';
    const text = [`${model.workflow} ${paint(style, headline)}`, ...words].map((line) => `${line}\n`).join('');
    io.stderr.write(failureBlock.text(end));
    (end.status === 'succeeded' ? target : io.stderr).write(text);
  };

  const listener = (event: RunEvent): void => {
    apply(event);
    failureBlock.note(event);
    notes.take(event);
    if (event.type === 'run-start') {
      stopTimer ??= clock.every(frameMs, draw);
      draw();
    }
    if (stopTimer === undefined) notes.flush();
    if (event.type === 'run-end') {
      close();
      closing(event);
    }
  };
  return { listener, close };
}
