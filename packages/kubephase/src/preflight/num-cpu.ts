/** Check `NumCPU`: the control plane gets at least two processors. */
import type { Check } from './check.ts';

const minimum = 2;

export const numCpu: Check = {
  name: 'NumCPU',
  severity: 'error',
  about: `Counts the CPUs that this process may use; a control plane needs ${minimum}. With less it reacts too slowly to stay up: use a larger machine, or lift the limit.`,
  run: async ({ host }) => {
    const status = await host.files.readText('/proc/self/status');
    const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status ?? '')?.[1];
    const count = allowed === undefined ? undefined : countOf(allowed);
    if (count === undefined || count >= minimum) return [];
    return [
      {
        summary: `a control plane needs ${minimum} CPUs, this process may use ${count}`,
        remedy: 'Use a machine with more CPUs, or let this process use all of them (taskset -pc shows which it may).',
      },
    ];
  },
};

/** Counts a list such as `0-3,8`. Only processors that this process may use are in it. @see proc_pid_status(5) */
function countOf(list: string): number {
  return list.split(',').reduce((sum, range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return sum + last - first + 1;
  }, 0);
}
