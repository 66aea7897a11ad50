/** Check `CRI`: the container runtime answers and can start containers. */
import type { Check } from './check.ts';

export const cri: Check = {
  name: 'CRI',
  severity: 'error',
  about:
    'Asks the container runtime at its socket for its version and whether it is ready. Every component of the cluster runs in it: start it, or name the right socket with --cri-socket. A missing Pod network does not count.',
  run: async ({ cri: runtime }) => {
    await runtime.version();
    const reason = await runtime.unreadiness();
    if (reason === undefined) return [];
    return [
      {
        summary: 'the container runtime is not ready to start containers',
        detail: reason,
        remedy: 'Look at the log of the container runtime, mend what it names, and start it again.',
      },
    ];
  },
};
