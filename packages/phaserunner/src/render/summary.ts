/** The closing words of a run: its problems, how it went, what took how long, and how to go on. */
import type { PhaseOutcome, PlannedPhase, RunEvent } from '../events.ts';
import type { Problem } from '../problems.ts';
import { formatDuration } from './duration.ts';
import { formatProblems, type ProblemFormat } from './problem.ts';

interface FailureBlock {
  /** Remembers the problems of phases, for runs whose end does not repeat them. */
  note(event: RunEvent): void;
  /** The problems as text with a final newline; empty when there are none. */
  text(end: RunEnd): string;
}

/** Makes the collector. */
export function createFailureBlock(format: ProblemFormat): FailureBlock {
  const seen: Problem[] = [];
  return {
    note: (event) => {
      if (event.type === 'phase-end') seen.push(...(event.problems ?? []));
    },
    text: (end) => (end.status === 'succeeded' ? '' : formatProblems(end.problems ?? seen, format)),
  };
}

export type RunEnd = RunEvent & { readonly type: 'run-end' };

interface SummaryOptions {
  /** As announced by the run's start; tells which phases only group others. */
  readonly plan: readonly PlannedPhase[];
  /** How the time of each top-level phase is told: one line for all, one line for each, or not at all. */
  readonly times: 'line' | 'table' | 'none';
  /** Words of the command for the hint how to go on. */
  readonly command?: string;
  /** The command for a run that had only one phase. */
  readonly again?: string;
  /** A dry run cannot be continued in the middle, so it gets no hint. */
  readonly dryRun: boolean;
}

/** Returns lines without newline: headline, time by top-level phase, and after a failure or a cancellation the way to go on. */
export function summaryLines(end: RunEnd, options: SummaryOptions): readonly string[] {
  const durations = topLevelDurations(end.phases);
  return [headline(end, options.plan), ...timeLines[options.times](durations), ...howToGoOn(end, options)];
}

/** Whether the run ended before its first phase, because of its selection, its needs or its checks. */
export function wasRefused(end: RunEnd): boolean {
  return end.status !== 'succeeded' && end.phases.length === 0;
}

function headline(end: RunEnd, plan: readonly PlannedPhase[]): string {
  if (wasRefused(end)) return `${end.status}: no phase was run`;
  const groups = new Set(plan.filter((phase) => !phase.work).map((phase) => phase.path));
  const worked = end.phases.filter((phase) => !groups.has(phase.path));
  const count = (status: PhaseOutcome['status']): number => worked.filter((phase) => phase.status === status).length;
  const counts = [
    `${count('succeeded')} run`,
    ...named(count('skipped'), 'skipped'),
    ...named(count('failed'), 'failed'),
    ...named(count('cancelled'), 'cancelled'),
    ...named(end.remaining.filter((path) => !groups.has(path)).length, 'not reached'),
  ];
  const link = end.status === 'succeeded' ? 'in' : 'after';
  return `${end.status} ${link} ${formatDuration(end.durationMs)}: ${counts.join(', ')}`;
}

function named(count: number, name: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${name}`];
}

/** Sums of own work by first segment of the path, in the order of the run. Skipped phases take no time. */
function topLevelDurations(phases: readonly PhaseOutcome[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const phase of phases) {
    if (phase.status === 'skipped') continue;
    const name = phase.path.split('/', 1)[0] ?? phase.path;
    sums.set(name, (sums.get(name) ?? 0) + phase.durationMs);
  }
  return sums;
}

const timeLines = { line, table, none: (): readonly string[] => [] } as const;

function line(durations: ReadonlyMap<string, number>): readonly string[] {
  if (durations.size < 2) return [];
  return [`time: ${[...durations].map(([name, ms]) => `${name} ${formatDuration(ms)}`).join(', ')}`];
}

function table(durations: ReadonlyMap<string, number>): readonly string[] {
  const width = Math.max(0, ...[...durations.keys()].map((name) => name.length));
  const first = durations.size < 2 ? undefined : [...durations].sort((a, b) => b[1] - a[1])[0]?.[0];
  return [...durations].map(([name, ms]) => {
    const mark = name === first ? '  slowest' : '';
    return `  ${name.padEnd(width)}  ${formatDuration(ms).padStart(6)}${mark}`;
  });
}

function howToGoOn(end: RunEnd, options: SummaryOptions): readonly string[] {
  if (end.status === 'succeeded' || end.resumeFrom === undefined || options.dryRun) return [];
  const isOnlyOne = end.phases.length === 1 && end.remaining.length === 0;
  if (isOnlyOne && options.again !== undefined) return [`to try again: ${options.again}`];
  if (options.command === undefined) return [`to go on, start from phase ${end.resumeFrom}`];
  return [`to go on: ${options.command} --from ${end.resumeFrom}`];
}
