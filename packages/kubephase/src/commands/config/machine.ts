/** What the commands below `config` get from outside, beside their command line. */
import type { ContainerRuntime } from '../../clients/cri/port.ts';
import type { ReleaseLabels } from '../../clients/releases/port.ts';
import type { Host } from '../../host/port.ts';
import type { RealHostOptions } from '../../host/real/host.ts';

/** Ways to the machine; replaced in tests. */
export interface Machine {
  readonly openHost: (options: RealHostOptions) => Promise<Host>;
  /** @param socket URL such as `unix:///var/run/containerd/containerd.sock` */
  readonly openRuntime: (socket: string) => Promise<ContainerRuntime>;
  /** Where version labels are looked up; nowhere when it is absent. */
  readonly openLabels?: (environment: Host['environment']) => Promise<ReleaseLabels>;
}

/** The machine on which this process runs. */
export const realMachine: Machine = {
  openHost: async (options) => (await import('../../host/real/host.ts')).createRealHost(options),
  openRuntime: async (socket) => (await import('../../clients/cri/real/runtime.ts')).createRealRuntime(socket),
  openLabels: async (environment) => (await import('../../clients/releases/real.ts')).createRealReleaseLabels({ environment }),
};

/** What the commands are bound with. */
export interface Setting {
  /** Name under which the program runs: examples begin with it. */
  readonly program: string;
  readonly machine: Machine;
}
