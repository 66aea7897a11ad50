/** Holds back the lines that stay above the live tree until the next frame is drawn. */
import type { RunEvent } from '../events.ts';
import { createPaint, wantsColour } from './colour.ts';
import { createEventLines, type EventLinesOptions } from './event-lines.ts';
import type { Output, RenderIo } from './io.ts';
import { styleLine } from './line-style.ts';

export interface Notes {
  take(event: RunEvent): void;
  /** Takes a line that is no event; it goes to standard error. */
  add(line: string): void;
  isEmpty(): boolean;
  /** Writes everything taken, in its order. */
  flush(): void;
}

/** Events that the tree shows by itself. */
const drawn: ReadonlySet<RunEvent['type']> = new Set(['phase-start', 'phase-skip', 'phase-end', 'progress']);

/** Notices go to `target`, where the tree is; warnings and debug messages to standard error. */
export function createNotes(io: RenderIo, target: Output, options: EventLinesOptions): Notes {
  const linesOf = createEventLines(options);
  const paints = new Map([target, io.stderr].map((output) => [output, createPaint(wantsColour(output, io.environment))]));
  let waiting: { readonly output: Output; text: string }[] = [];
  const hold = (output: Output, text: string): void => {
    const last = waiting.at(-1);
    if (last?.output === output) last.text += text;
    else waiting.push({ output, text });
  };
  return {
    take: (event) => {
      if (isDrawn(event, options.verbosity)) return;
      for (const line of linesOf(event)) {
        const output = line.kind === 'notice' ? target : io.stderr;
        hold(output, `${styleLine(line, paints.get(output) ?? createPaint(false))}\n`);
      }
    },
    add: (line) => hold(io.stderr, `${line}\n`),
    isEmpty: () => waiting.length === 0,
    flush: () => {
      const batch = waiting;
      waiting = [];
      for (const { output, text } of batch) output.write(text);
    },
  };
}

/** What a phase says is shown below it while it runs; only talkative runs keep it. */
function isDrawn(event: RunEvent, verbosity: number): boolean {
  if (event.type === 'message') return event.level === 'info' && event.path !== undefined && verbosity === 0;
  return drawn.has(event.type);
}
