/** Renders a run as a live tree of its phases in a terminal. What must not be missed is printed above it and stays. */
import type { RunEvent } from '../events.ts';
import { createPaint, wantsColour } from './style.ts';
import { createFailureBlock, summaryLines, wasRefused } from './summary.ts';
import { frameClock, type Output, type Renderer, type RendererOptions, type RenderIo } from './renderer.ts';
import { createLiveRegion, createNotes, type Notes } from './live-region.ts';
import { chooseMarks } from './marks.ts';
import { drawFrame } from './tree-frame.ts';
import { createTreeModel, type TreeModel } from './tree-model.ts';

/** Just under twelve frames a second: smooth for a spinner, cheap over a slow line. */
const frameMs = 90;

/** Whether `output` is a terminal whose cursor can be moved. */
export function canDrawTree(output: Output, environment: RenderIo['environment']): boolean {
  return output.isTTY === true && environment['TERM'] !== 'dumb';
}

/** Draws on `progressTo`, which has to be a terminal. */
export function createTreeRenderer(io: RenderIo, options: RendererOptions): Renderer {
  const target = options.progressTo === 'stderr' ? io.stderr : io.stdout;
  const settings = { ...options, verbosity: options.verbosity ?? 0 };
  const { model, apply } = createTreeModel();
  const notes = createNotes(io, target, settings);
  const stage = createStage(io, { target, model, notes });
  const failureBlock = createFailureBlock({ colour: wantsColour(io.stderr, io.environment), stack: settings.verbosity >= 5 });

  const listener = (event: RunEvent): void => {
    apply(event);
    failureBlock.note(event);
    notes.take(event);
    if (event.type === 'run-start') stage.open();
    if (!stage.isOpen()) notes.flush();
    if (event.type !== 'run-end') return;
    // A tree in which nothing ever ran would only push the reasons out of sight.
    stage.close(wasRefused(event) ? 'erase' : 'keep');
    io.stderr.write(failureBlock.text(event));
    writeSummary(event.status === 'succeeded' ? target : io.stderr, {
      environment: io.environment,
      isGood: event.status === 'succeeded',
      workflow: model.workflow,
      lines: summaryLines(event, { ...settings, plan: model.plan, dryRun: model.dryRun, times: 'none' }),
    });
  };
  const tell = (line: string): void => {
    notes.add(line);
    if (!stage.isOpen()) notes.flush();
  };
  return { listener, tell, close: () => stage.close('keep') };
}

interface Summary {
  readonly environment: RenderIo['environment'];
  readonly isGood: boolean;
  readonly workflow: string;
  readonly lines: readonly string[];
}

function writeSummary(output: Output, { environment, isGood, workflow, lines }: Summary): void {
  const paint = createPaint(wantsColour(output, environment));
  const [headline = '', ...words] = lines;
  const first = `${paint('bold', workflow)} ${paint(isGood ? 'green' : 'red', headline)}`;
  output.write(`${[first, ...words].join('\n')}\n`);
}

interface Stage {
  /** Draws the first frame and goes on drawing. */
  open(): void;
  readonly isOpen: () => boolean;
  /** Ends the drawing, leaves the last frame or nothing, and gives the cursor back. Does nothing when not open. */
  close(frame: 'keep' | 'erase'): void;
}

interface Scene {
  readonly target: Output;
  readonly model: TreeModel;
  readonly notes: Notes;
}

/** Size of the terminal in cells. Terminals that do not know their own, such as serial lines, say that they have none. */
function sizeOf({ columns = 0, rows = 0 }: Output): { readonly columns: number; readonly rows: number } {
  return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
}

/** The live part: redraws by time, not by event, so that many events cost no more than few. */
function createStage(io: RenderIo, { target, model, notes }: Scene): Stage {
  const clock = io.clock ?? frameClock;
  const region = createLiveRegion(target);
  const marks = chooseMarks(io.environment);
  const paint = createPaint(wantsColour(target, io.environment));
  let tick = 0;
  let stopTimer: (() => void) | undefined;

  const draw = (): void => {
    if (!notes.isEmpty()) region.erase();
    notes.flush();
    region.show(drawFrame(model, { ...sizeOf(target), nowMs: clock.now(), tick, marks, paint }));
    tick += 1;
  };
  return {
    open: () => {
      stopTimer ??= clock.every(frameMs, draw);
      draw();
    },
    isOpen: () => stopTimer !== undefined,
    close: (frame) => {
      if (stopTimer === undefined) return;
      stopTimer();
      stopTimer = undefined;
      if (frame === 'keep') draw();
      else region.erase();
      notes.flush();
      region.release();
    },
  };
}
