/** Programs that a node needs, by Kubernetes minor, as data. */
import type { Severity } from './check.ts';

export interface ProgramNeed {
  readonly name: string;
  /** What it means when the program is missing. */
  readonly severity: Severity;
}

interface Row extends ProgramNeed {
  /** First minor of Kubernetes 1 whose kubeadm looks for it. Default: all. */
  readonly since?: number;
  /** First minor that no longer does. Default: none. */
  readonly until?: number;
}

/** In the order in which they are reported. socat and ebtables went with patches of 1.28 already. */
const rows: readonly Row[] = [
  { name: 'conntrack', severity: 'error', until: 32 },
  { name: 'ip', severity: 'error', until: 33 },
  { name: 'iptables', severity: 'error', until: 33 },
  { name: 'losetup', severity: 'error', since: 33 },
  { name: 'mount', severity: 'error' },
  { name: 'cp', severity: 'error', since: 33 },
  { name: 'nsenter', severity: 'error', until: 33 },
  { name: 'ebtables', severity: 'warning', until: 28 },
  { name: 'ethtool', severity: 'warning', until: 33 },
  { name: 'socat', severity: 'warning', until: 28 },
  { name: 'tc', severity: 'warning', until: 33 },
  { name: 'touch', severity: 'warning', until: 33 },
];

/** @param minor such as `1.36` */
export function programsFor(minor: string): readonly ProgramNeed[] {
  const number = Number(minor.split('.')[1]);
  return rows
    .filter(({ since = 0, until = Infinity }) => number >= since && number < until)
    .map(({ name, severity }) => ({ name, severity }));
}
