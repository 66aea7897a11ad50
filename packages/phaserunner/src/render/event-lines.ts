/** What one event says to a person, as whole lines: the text that plain output and the live tree share. */
import type { EventType, RunEvent } from '../events.ts';
import { formatDuration } from './duration.ts';
import { leftOutLines } from './left-out.ts';
import { createProgressThrottle, progressCount } from './progress-throttle.ts';
import { oneLine, textLines } from './text.ts';

/** `notice` is what the run does; `warning` and `detail` are about it. */
export type LineKind = 'notice' | 'warning' | 'detail' | 'failure';

export interface EventLine {
  readonly kind: LineKind;
  /** In brackets before the text: the full phase path, or the workflow for lines of the run itself. */
  readonly prefix: string;
  readonly text: string;
}

export interface EventLinesOptions {
  readonly verbosity: number;
  readonly rehearsal: boolean;
}

type Body<T extends EventType> = RunEvent & { readonly type: T };
type Lines = readonly EventLine[];

interface Teller extends EventLinesOptions {
  readonly workflow: string;
  readonly isWorthALine: (report: Body<'progress'>) => boolean;
}

/** One entry for each type of event. The end of the run is told by the summary. */
const tellings: { readonly [T in EventType]: (event: Body<T>, teller: Teller) => Lines } = {
  'run-start': startOfRun,
  'phase-start': (event, { verbosity }) => (verbosity >= 1 ? lines('notice', event.path, 'started') : []),
  'phase-end': endOfPhase,
  'phase-skip': (event) => lines('notice', event.path, `skipped: ${event.reason}`),
  'phase-retry': (event) => lines('warning', event.path, retry(event)),
  message,
  progress: (event, { isWorthALine }) => (isWorthALine(event) ? lines('notice', event.path, progressText(event)) : []),
  action: (event, { verbosity, rehearsal }) =>
    verbosity >= 1 || rehearsal ? lines('notice', event.path, actionText(event.action.summary, rehearsal)) : [],
  'run-end': () => [],
};

/** Returns a function that gives the lines for an event. It remembers the progress shown, so make one for each run. */
export function createEventLines(options: EventLinesOptions): (event: RunEvent) => Lines {
  const isWorthALine = createProgressThrottle();
  let workflow = '';
  return (event) => {
    if (event.type === 'run-start') workflow = event.workflow;
    const tell = tellings[event.type] as (event: RunEvent, teller: Teller) => Lines;
    return tell(event, { ...options, workflow, isWorthALine });
  };
}

function startOfRun(event: Body<'run-start'>, { verbosity, rehearsal }: Teller): Lines {
  const count = `${event.total} ${event.total === 1 ? 'phase' : 'phases'} to run`;
  return [
    ...(rehearsal ? lines('notice', event.workflow, 'rehearsal: nothing is changed') : []),
    ...(verbosity >= 1 ? lines('notice', event.workflow, [count, ...leftOutLines(event.phases)].join('\n')) : []),
  ];
}

function endOfPhase(event: Body<'phase-end'>, { verbosity }: Teller): Lines {
  const duration = formatDuration(event.durationMs);
  if (event.status === 'succeeded') return verbosity >= 1 ? lines('notice', event.path, `done in ${duration}`) : [];
  return lines('failure', event.path, `${event.status} after ${duration}`);
}

function retry(event: Body<'phase-retry'>): string {
  const wait = event.delayMs > 0 ? `next try in ${formatDuration(event.delayMs)}` : 'trying again';
  return `try ${event.attempt} of ${event.attempts} failed: ${oneLine(event.problem.summary)}; ${wait}`;
}

function message(event: Body<'message'>, { workflow, verbosity }: Teller): Lines {
  const prefix = event.path ?? workflow;
  if (event.level === 'info') return lines('notice', prefix, event.text);
  if (event.level === 'warning') return lines('warning', prefix, event.text);
  return verbosity >= (event.verbosity ?? 1) ? lines('detail', prefix, event.text) : [];
}

function progressText(event: Body<'progress'>): string {
  const count = progressCount(event);
  return count === '' ? event.label : `${event.label}: ${count}`;
}

function actionText(summary: string, rehearsal: boolean): string {
  if (!rehearsal) return summary;
  // Summaries start with a verb; in the middle of the sentence it is written small, unless it is a name in capitals.
  const verb = /^[A-Z][a-z]/u.test(summary) ? summary.charAt(0).toLowerCase() + summary.slice(1) : summary;
  return `would ${verb}`;
}

/** Each line of `text` becomes one with the prefix, so that no line of a phase is ever without its path. */
function lines(kind: LineKind, prefix: string, text: string): Lines {
  return textLines(text).map((line) => ({ kind, prefix, text: line }));
}
