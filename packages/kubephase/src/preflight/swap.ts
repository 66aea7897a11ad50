/** Check `Swap`: a kubelet in its default configuration does not start with swap. */
import type { Check } from './check.ts';

const url = 'https://kubernetes.io/docs/concepts/cluster-administration/swap-memory-management/';

export const swap: Check = {
  name: 'Swap',
  severity: 'warning',
  about: `Looks for swap. A kubelet in its default configuration does not start with it: turn swap off (swapoff -a, and /etc/fstab), or set it up for the kubelet with cgroup v2 (${url}).`,
  run: async ({ host }) => {
    const lines = (await readSwaps(host.files)).trimEnd().split('\n');
    if (lines.length <= 1) return [];
    return [
      {
        summary: `swap is on; it needs cgroup v2 and a kubelet that is configured for it (${url}), otherwise turn it off`,
        remedy: 'Run: swapoff -a, and remove the swap from /etc/fstab.',
      },
    ];
  },
};

/** A machine that does not tell about its swap has none that could be reported: as in kubeadm the check passes. */
async function readSwaps(files: { readText(path: string): Promise<string | undefined> }): Promise<string> {
  return (await files.readText('/proc/swaps').catch(() => undefined)) ?? '';
}
