/** The report of a timing, in Markdown: medians of all rounds, both programs side by side. */
import type { Milestones } from './milestones.ts';
import type { TimedTool } from './tools.ts';

/** One `init` on one new node. */
export interface Timing {
  readonly tool: TimedTool['name'];
  readonly seconds: number;
  /** Seconds by phase, in order. */
  readonly phases: readonly (readonly [phase: string, seconds: number])[];
  readonly milestones: Milestones;
}

export function summary(timings: readonly Timing[]): string {
  const [ours, theirs] = (['kubephase', 'kubeadm'] as const).map((tool) => timings.filter((timing) => timing.tool === tool));
  if (ours === undefined || theirs === undefined) return '';
  const ratios = ours.map(({ seconds }, round) => seconds / (theirs[round]?.seconds ?? Number.NaN));
  const [our, their] = [ours, theirs].map((rows) => medianOf(rows.map(({ seconds }) => seconds)));
  const texts = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  return [
    `Whole init, medians of ${ours.length} rounds: kubephase ${format(our)} s, kubeadm ${format(their)} s. Ratios: ${texts}.\n`,
    ...[ours, theirs].map(phaseTable),
    ...[ours, theirs].map(milestoneTable),
  ].join('\n');
}

function phaseTable(rows: readonly Timing[]): string {
  const names = [...new Set(rows.flatMap(({ phases }) => phases.map(([phase]) => phase)))];
  const seconds = (name: string): number => medianOf(rows.map(({ phases }) => phases.find(([phase]) => phase === name)?.[1] ?? 0));
  return table(
    [`${titleOf(rows)}: phase`, 's'],
    names.map((name) => [name, format(seconds(name))]),
  );
}

function milestoneTable(rows: readonly Timing[]): string {
  const names = (rows[0]?.milestones ?? []).map(([what]) => what);
  const seconds = (name: string): number => medianOf(rows.map(({ milestones }) => secondsAfterFirst(milestones, name)));
  return table(
    [`${titleOf(rows)}: after the start of the kubelet`, 's'],
    names.map((name) => [name, format(seconds(name))]),
  );
}

function secondsAfterFirst(milestones: Milestones, name: string): number {
  const [first, found] = [milestones[0], milestones.find(([what]) => what === name)];
  return first === undefined || found === undefined ? Number.NaN : (found[1] - first[1]) / 1000;
}

function titleOf(rows: readonly Timing[]): string {
  return rows[0]?.tool ?? '';
}

function format(seconds: number | undefined): string {
  return (seconds ?? Number.NaN).toFixed(2);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The last column holds figures. */
function table(head: readonly [string, string], rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...[head, ...rows].map(([name]) => name.length));
  const line = ([name, figure]: readonly [string, string]): string => `| ${name.padEnd(width)} | ${figure.padStart(6)} |`;
  return [line(head), `| ${'-'.repeat(width)} | -----: |`, ...rows.map(line), ''].join('\n');
}
