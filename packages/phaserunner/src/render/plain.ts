/** Renders a run as plain lines, for pipes, logs and simple terminals: nothing is rewritten. */
import type { PlannedPhase, RunEvent } from '../events.ts';
import { createPaint, styleLine, wantsColour, type Paint } from './style.ts';
import { createEventLines, type EventLine } from './event-lines.ts';
import { createFailureBlock, summaryLines, type RunEnd } from './summary.ts';
import type { Output, Renderer, RendererOptions, RenderIo } from './renderer.ts';

interface Stream {
  readonly output: Output;
  readonly paint: Paint;
}

/** What the run does goes to `progressTo`; warnings, debug messages and failures go to standard error. */
export function createPlainRenderer(io: RenderIo, options: RendererOptions): Renderer {
  const story = openStream(options.progressTo === 'stderr' ? io.stderr : io.stdout, io);
  const trouble = openStream(io.stderr, io);
  const verbosity = options.verbosity ?? 0;
  const isQuiet = verbosity < 0;
  const linesOf = createEventLines({ verbosity });
  const failureBlock = createFailureBlock({ colour: wantsColour(io.stderr, io.environment), stack: verbosity >= 5 });
  let workflow = '';
  let plan: readonly PlannedPhase[] = [];
  let dryRun = false;

  const closing = (end: RunEnd): void => {
    trouble.output.write(failureBlock.text(end));
    const words = summaryLines(end, { ...options, plan, dryRun, times: verbosity >= 1 ? 'table' : 'line' });
    const stream = end.status === 'succeeded' ? story : trouble;
    if (isQuiet && stream === story) return;
    writeLines(
      stream,
      words.map((text) => ({ kind: 'notice', prefix: workflow, text })),
    );
  };

  const listener = (event: RunEvent): void => {
    if (event.type === 'run-open') ({ workflow } = event);
    if (event.type === 'run-start') ({ workflow, phases: plan, dryRun = false } = event);
    failureBlock.note(event);
    for (const line of linesOf(event)) {
      if (!isQuiet || line.kind !== 'notice') writeLines(line.kind === 'notice' ? story : trouble, [line]);
    }
    if (event.type === 'run-end') closing(event);
  };

  return { listener, tell: (line) => trouble.output.write(`${line}\n`), close: () => undefined };
}

function openStream(output: Output, io: RenderIo): Stream {
  return { output, paint: createPaint(wantsColour(output, io.environment)) };
}

function writeLines(stream: Stream, lines: readonly EventLine[]): void {
  stream.output.write(lines.map((line) => `${styleLine(line, stream.paint)}\n`).join(''));
}
