/** The two programs whose `init` is timed: how each is called, and how it tells when a phase is over. */
import type { Node, RunningProcess } from '../machine/node.ts';
import { configuration, kubeadmConfiguration } from '../scenarios/configuration.ts';

/** Seconds by phase, in the order in which the phases ran. */
export type PhaseTimes = ReadonlyMap<string, number>;

export interface TimedTool {
  readonly name: 'kubephase' | 'kubeadm';
  readonly configuration: (node: Node) => string;
  readonly argv: readonly string[];
  /** Listens to the program until it ends. */
  readonly watch: (running: RunningProcess) => () => PhaseTimes;
}

const file = '/root/init.yaml';
export const configurationFile = file;

export const kubephase: TimedTool = {
  name: 'kubephase',
  configuration: (node) => configuration(node),
  argv: ['kubephase', 'init', '--config', file, '-o', 'jsonl'],
  watch: (running) => {
    let text = '';
    running.onOutput((part) => {
      text += part;
    });
    return () => phasesFromEvents(text);
  },
};

export const kubeadm: TimedTool = {
  name: 'kubeadm',
  configuration: (node) => kubeadmConfiguration(node),
  argv: ['kubeadm', 'init', '--config', file],
  watch: (running) => {
    const starts: (readonly [string, number])[] = [['start', Date.now()]];
    running.onOutput((part) => {
      for (const [, phase = ''] of part.matchAll(/^\[([a-z-]+)\]/gm)) {
        if (starts.at(-1)?.[0] !== phase) starts.push([phase, Date.now()]);
      }
    });
    return () => phasesFromStarts([...starts, ['end', Date.now()]]);
  },
};

/** @see docs/events.md */
function phasesFromEvents(jsonl: string): PhaseTimes {
  const times = new Map<string, number>();
  for (const line of jsonl.split('\n').filter((text) => text.startsWith('{'))) {
    const { type, path, durationMs } = JSON.parse(line) as { type: string; path?: string; durationMs?: number };
    if (type !== 'phase-end' || path === undefined || durationMs === undefined) continue;
    const top = path.split('/')[0] ?? path;
    times.set(top, (times.get(top) ?? 0) + durationMs / 1000);
  }
  return times;
}

/** A phase lasts from its first line to that of the next one. */
function phasesFromStarts(starts: readonly (readonly [string, number])[]): PhaseTimes {
  const times = new Map<string, number>();
  for (const [index, [phase, start]] of starts.slice(0, -1).entries()) {
    const seconds = ((starts[index + 1]?.[1] ?? start) - start) / 1000;
    times.set(phase, (times.get(phase) ?? 0) + seconds);
  }
  return times;
}
