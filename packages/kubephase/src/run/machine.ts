/** What commands get from outside, beside their command line. */
import type { CommandIo } from 'phaserunner/commander';
import type { ContainerRuntime } from '../clients/cri/port.ts';
import type { HealthProbes } from '../clients/health/port.ts';
import type { KubeApi } from '../clients/kube/port.ts';
import type { ReleaseLabels } from '../clients/releases/port.ts';
import type { Host } from '../host/port.ts';
import type { RealHostOptions } from '../host/real/host.ts';
import type { KubeAccess } from '../operations/admin.ts';
import type { ProgramName } from '../product.ts';
import type { RunLocks } from './lock/port.ts';

/** Ways to the machine and to its cluster; replaced in tests. */
export interface Machine {
  readonly openHost: (options: RealHostOptions) => Promise<Host>;
  /** @param socket URL such as `unix:///var/run/containerd/containerd.sock` */
  readonly openRuntime: (socket: string) => Promise<ContainerRuntime>;
  readonly openHealth: () => Promise<HealthProbes>;
  /** Returns how a client of the API is opened. Opening sends nothing. */
  readonly kubeOpener: () => Promise<(access: KubeAccess) => KubeApi & { close(): void }>;
  /** The pipe that a shell opened for this process, as for `<(…)`; undefined when `path` names none. */
  readonly openPipe?: (path: string) => Promise<CommandIo['stdin']>;
  /**
   * The lock that runs take before they write.
   * @param rootfs directory that counts as `/`; undefined for the whole machine
   */
  readonly openLocks: (rootfs: string | undefined) => Promise<RunLocks>;
  /** Where version labels are looked up; nowhere when it is absent. */
  readonly openLabels?: (environment: Host['environment']) => Promise<ReleaseLabels>;
}

/** The machine on which this process runs. */
export const realMachine: Machine = {
  openHost: async (options) => (await import('../host/real/host.ts')).createRealHost(options),
  openRuntime: async (socket) => (await import('../clients/cri/real/runtime.ts')).createRealRuntime(socket),
  openHealth: async () => (await import('../clients/health/real.ts')).createRealHealthProbes(),
  kubeOpener: async () => (await import('../clients/kube/real/api.ts')).createRealKubeApi,
  openPipe: async (path) => (await import('../standard-io.ts')).inheritedPipe(path),
  openLocks: async (rootfs) => {
    const [{ rootFrom }, { createRealRunLocks }] = await Promise.all([import('../host/real/root.ts'), import('./lock/real.ts')]);
    return createRealRunLocks({ root: rootFrom(rootfs) });
  },
  openLabels: async (environment) => (await import('../clients/releases/real.ts')).createRealReleaseLabels({ environment }),
};

/** What commands are bound with. */
export interface Setting {
  /** Name under which the program runs: examples begin with it. */
  readonly program: ProgramName;
  readonly machine: Machine;
}
