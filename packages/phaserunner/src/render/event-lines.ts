/** What one event says to a person, as whole lines: the text that plain output and the live tree share. */
import type { EventType, PlannedPhase, RunEvent } from '../events.ts';
import { formatDuration } from './duration.ts';
import { oneLine, textLines } from './text.ts';

/** One line for each reason. Of a subtree in which nothing runs only the top is named. */
export function leftOutLines(plan: readonly PlannedPhase[]): readonly string[] {
  const busy = new Set(plan.filter(({ decision }) => decision.run).flatMap(({ path }) => pathsAbove(path)));
  const isIdle = (path: string): boolean => !busy.has(path);
  const reasons = new Map<string, string[]>();
  for (const { path, decision } of plan) {
    if (decision.run || decision.because !== 'selection' || !isIdle(path)) continue;
    const parent = parentOf(path);
    if (parent !== undefined && isIdle(parent)) continue;
    const paths = reasons.get(decision.reason) ?? [];
    reasons.set(decision.reason, [...paths, path]);
  }
  return [...reasons].map(([reason, paths]) => `${reason}: ${paths.join(', ')}`);
}

/** `path` itself and its ancestors. */
function pathsAbove(path: string): readonly string[] {
  const parent = parentOf(path);
  return parent === undefined ? [path] : [path, ...pathsAbove(parent)];
}

function parentOf(path: string): string | undefined {
  const at = path.lastIndexOf('/');
  return at < 0 ? undefined : path.slice(0, at);
}

const quietMs = 5000;

interface ProgressReport {
  readonly path: string;
  readonly label: string;
  readonly done: number;
  readonly total?: number;
  readonly timeMs: number;
}

/** Returns a function that says whether a report is to be shown, given those it let through before. */
function createProgressThrottle(): (report: ProgressReport) => boolean {
  const shown = new Map<string, ProgressReport>();
  return (report) => {
    const last = shown.get(report.path);
    if (last !== undefined && !saysMore(report, last)) return false;
    shown.set(report.path, report);
    return true;
  };
}

function saysMore(report: ProgressReport, last: ProgressReport): boolean {
  if (report.timeMs - last.timeMs >= quietMs) return true;
  if (report.total === undefined || last.total === undefined) return report.label !== last.label;
  if (tenths(report) < tenths(last)) return report.label !== last.label;
  return tenths(report) > tenths(last);
}

/** Whole tenths of the way, from 0 to 10. */
function tenths(report: ProgressReport): number {
  if (report.total === undefined || report.total <= 0) return 10;
  return Math.min(10, Math.floor((report.done * 10) / report.total));
}

/** `report` in words: `4 of 10 (40 %)`, or only the count when the end is not known; empty before the first step of an open end. */
export function progressCount(report: { readonly done: number; readonly total?: number }): string {
  if (report.total === undefined) return report.done === 0 ? '' : String(report.done);
  const percent = report.total <= 0 ? 100 : Math.min(100, Math.floor((report.done / report.total) * 100));
  return `${report.done} of ${report.total} (${percent} %)`;
}

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
}

type Body<T extends EventType> = RunEvent & { readonly type: T };
type Lines = readonly EventLine[];

/** What the lines of an event depend on beside the event. */
interface Situation extends EventLinesOptions {
  readonly workflow: string;
  readonly dryRun: boolean;
  readonly isWorthALine: (report: Body<'progress'>) => boolean;
}

/** One entry for each type of event. The end of the run is told by the summary. */
const linesByType: { readonly [T in EventType]: (event: Body<T>, situation: Situation) => Lines } = {
  'run-open': () => [],
  'run-start': startOfRun,
  'phase-start': (event, { verbosity }) => (verbosity >= 1 ? lines('notice', event.path, 'started') : []),
  'phase-end': endOfPhase,
  'phase-skip': (event) => lines('notice', event.path, `skipped: ${event.reason}`),
  'phase-retry': (event) => lines('warning', event.path, retry(event)),
  message,
  progress: (event, { isWorthALine }) => (isWorthALine(event) ? lines('notice', event.path, progressText(event)) : []),
  action: (event, { verbosity, dryRun }) =>
    verbosity >= 1 || dryRun ? lines('notice', event.path, actionText(event.action.summary, dryRun)) : [],
  'run-end': () => [],
};

/** Returns a function that gives the lines for an event. It remembers the progress shown, so make one for each run. */
export function createEventLines(options: EventLinesOptions): (event: RunEvent) => Lines {
  const isWorthALine = createProgressThrottle();
  let workflow = '';
  let dryRun = false;
  return (event) => {
    if (event.type === 'run-open' || event.type === 'run-start') workflow = event.workflow;
    if (event.type === 'run-start') dryRun = event.dryRun === true;
    const linesFor = linesByType[event.type] as (event: RunEvent, situation: Situation) => Lines;
    return linesFor(event, { ...options, workflow, dryRun, isWorthALine });
  };
}

function startOfRun(event: Body<'run-start'>, { verbosity, dryRun }: Situation): Lines {
  const count = `${event.total} ${event.total === 1 ? 'phase' : 'phases'} to run`;
  return [
    ...(dryRun ? lines('notice', event.workflow, 'dry run: nothing is changed') : []),
    ...(verbosity >= 1 ? lines('notice', event.workflow, [count, ...leftOutLines(event.phases)].join('\n')) : []),
  ];
}

function endOfPhase(event: Body<'phase-end'>, { verbosity }: Situation): Lines {
  const duration = formatDuration(event.durationMs);
  if (event.status === 'succeeded') return verbosity >= 1 ? lines('notice', event.path, `done in ${duration}`) : [];
  return lines('failure', event.path, `${event.status} after ${duration}`);
}

function retry(event: Body<'phase-retry'>): string {
  const wait = event.delayMs > 0 ? `next try in ${formatDuration(event.delayMs)}` : 'trying again';
  return `try ${event.attempt} of ${event.attempts} failed: ${oneLine(event.problem.summary)}; ${wait}`;
}

function message(event: Body<'message'>, { workflow, verbosity }: Situation): Lines {
  const prefix = event.path ?? workflow;
  if (event.level === 'info') return lines('notice', prefix, event.text);
  if (event.level === 'warning') return lines('warning', prefix, event.text);
  return verbosity >= (event.verbosity ?? 1) ? lines('detail', prefix, event.text) : [];
}

function progressText(event: Body<'progress'>): string {
  const count = progressCount(event);
  return count === '' ? event.label : `${event.label}: ${count}`;
}

function actionText(summary: string, dryRun: boolean): string {
  if (!dryRun) return summary;
  // Summaries start with a verb; in the middle of the sentence it is written small, unless it is a name in capitals.
  const verb = /^[A-Z][a-z]/u.test(summary) ? summary.charAt(0).toLowerCase() + summary.slice(1) : summary;
  return `would ${verb}`;
}

/** Each line of `text` becomes one with the prefix, so that no line of a phase is ever without its path. */
function lines(kind: LineKind, prefix: string, text: string): Lines {
  return textLines(text).map((line) => ({ kind, prefix, text: line }));
}
