/** What the commands below `config` get from outside, beside their command line. */
import type { Host } from '../../host/port.ts';
import type { RealHostOptions } from '../../host/real/host.ts';

/** Ways to the machine; replaced in tests. */
export interface Machine {
  readonly openHost: (options: RealHostOptions) => Promise<Host>;
}

/** The machine on which this process runs. */
export const realMachine: Machine = {
  openHost: async (options) => (await import('../../host/real/host.ts')).createRealHost(options),
};

/** What the commands are bound with. */
export interface Setting {
  /** Name under which the program runs: examples begin with it. */
  readonly program: string;
  readonly machine: Machine;
}
