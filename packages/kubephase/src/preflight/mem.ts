/** Check `Mem`: the machine has enough memory for a control plane. */
import type { Check } from './check.ts';

/** In mebibytes. */
const minimum = 1700;

export const mem: Check = {
  name: 'Mem',
  severity: 'error',
  about: `Compares the memory of the machine with the ${minimum} MB that a control plane needs. With less the kernel ends processes of the cluster: use a larger machine.`,
  run: async ({ host }) => {
    const info = await host.files.readText('/proc/meminfo');
    const kibibytes = /^MemTotal:\s+(\d+) kB$/m.exec(info ?? '')?.[1];
    const total = kibibytes === undefined ? undefined : Math.floor(Number(kibibytes) / 1024);
    if (total === undefined || total >= minimum) return [];
    return [
      {
        summary: `a control plane needs ${minimum} MB of memory, this machine has ${total} MB`,
        remedy: 'Use a machine with more memory.',
      },
    ];
  },
};
