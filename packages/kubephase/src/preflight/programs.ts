/** Checks `FileExisting-…`: the programs that a node needs, by Kubernetes minor, are on PATH. */
import type { Check, Severity } from './check.ts';

interface ProgramNeed {
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

/** Where a package of Debian has another name than its program. Other distributions mostly use the same names. */
const packages: Readonly<Record<string, string>> = {
  cp: 'coreutils',
  ip: 'iproute2',
  losetup: 'mount',
  nsenter: 'util-linux',
  tc: 'iproute2',
  touch: 'coreutils',
};

/** @param severity what it means when the program is missing */
export function fileExisting(program: string, severity: Severity = 'error'): Check {
  return {
    name: `FileExisting-${program}`,
    severity,
    about: `Looks for the program ${program} on PATH. The kubelet, kube-proxy or a network plug-in calls it on the node: install the package that has it.`,
    run: async ({ host }) => {
      if ((await host.programs.find(program)) !== undefined) return [];
      return [
        {
          summary: `${program} is not on PATH`,
          remedy: `Install it (on Debian the package ${packages[program] ?? program}), or add its folder to PATH.`,
        },
      ];
    },
  };
}
