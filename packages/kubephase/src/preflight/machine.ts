/** Checks `IsPrivilegedUser`, `NumCPU`, `Mem` and `Swap`: the run may do what it has to, and the machine is large enough. */
import type { Check } from './check.ts';

export const isPrivilegedUser: Check = {
  name: 'IsPrivilegedUser',
  severity: 'error',
  about:
    'Asks whether this process runs as root (user ID 0). Setting up a node writes below /etc and /var/lib and starts services, which only root may.',
  run: ({ host }) =>
    host.privileged
      ? []
      : [{ summary: 'this user may not change the machine: only root may', remedy: 'Run the command as root.', unavoidable: true }],
};

const leastCpus = 2;

export const numCpu: Check = {
  name: 'NumCPU',
  severity: 'error',
  about: `Counts the CPUs that this process may use; a control plane needs ${leastCpus}. With less it reacts too slowly to stay up: use a larger machine, or lift the limit.`,
  run: async ({ host }) => {
    const status = await host.files.readText('/proc/self/status');
    const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status ?? '')?.[1];
    const count = allowed === undefined ? undefined : countOf(allowed);
    if (count === undefined || count >= leastCpus) return [];
    return [
      {
        summary: `a control plane needs ${leastCpus} CPUs, this process may use ${count}`,
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

const leastMebibytes = 1700;

export const mem: Check = {
  name: 'Mem',
  severity: 'error',
  about: `Compares the memory of the machine with the ${leastMebibytes} MB that a control plane needs. With less the kernel ends processes of the cluster: use a larger machine.`,
  run: async ({ host }) => {
    const info = await host.files.readText('/proc/meminfo');
    const kibibytes = /^MemTotal:\s+(\d+) kB$/m.exec(info ?? '')?.[1];
    const total = kibibytes === undefined ? undefined : Math.floor(Number(kibibytes) / 1024);
    if (total === undefined || total >= leastMebibytes) return [];
    return [
      {
        summary: `a control plane needs ${leastMebibytes} MB of memory, this machine has ${total} MB`,
        remedy: 'Use a machine with more memory.',
      },
    ];
  },
};

const swapPage = 'https://kubernetes.io/docs/concepts/cluster-administration/swap-memory-management/';

export const swap: Check = {
  name: 'Swap',
  severity: 'warning',
  about: `Looks for swap. A kubelet in its default configuration does not start with it: turn swap off (swapoff -a, and /etc/fstab), or set it up for the kubelet with cgroup v2 (${swapPage}).`,
  run: async ({ host }) => {
    const lines = (await readSwaps(host.files)).trimEnd().split('\n');
    if (lines.length <= 1) return [];
    return [
      {
        summary: `swap is on; it needs cgroup v2 and a kubelet that is configured for it (${swapPage}), otherwise turn it off`,
        remedy: 'Run: swapoff -a, and remove the swap from /etc/fstab.',
      },
    ];
  },
};

/** A machine that does not tell about its swap has none that could be reported: as in kubeadm the check passes. */
async function readSwaps(files: { readText(path: string): Promise<string | undefined> }): Promise<string> {
  return (await files.readText('/proc/swaps').catch(() => undefined)) ?? '';
}
