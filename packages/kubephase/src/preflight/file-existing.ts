/** Checks `FileExisting-…`: a program is on PATH. */
import type { Check, Severity } from './check.ts';

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
