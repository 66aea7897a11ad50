/** What the phases of any workflow may use. A phase asks only for the fields that it needs. */
import type { ContainerRuntime } from '../clients/cri/port.ts';
import type { HealthProbes } from '../clients/health/port.ts';
import type { KubeApi } from '../clients/kube/port.ts';
import type { KeySupply } from '../core/keys/supply.ts';
import type { Host } from '../host/port.ts';
import type { Patches } from '../operations/patches.ts';
import type { ProgramName } from '../product.ts';
import type { ResolvedRelease } from '../releases/release.ts';

/** Folders and files of a node as the user knows them. */
export interface NodePaths {
  /** `certificatesDir`. */
  readonly certificates: string;
  /** `--kubeconfig-dir`. */
  readonly kubeconfigs: string;
  readonly manifests: string;
  readonly kubelet: string;
  /** `--kubeconfig`: the file with which the API is used. */
  readonly adminKubeconfig: string;
}

/** Usual places of the files of a node. */
export function usualPaths(certificatesDir: string): NodePaths {
  return {
    certificates: certificatesDir,
    kubeconfigs: '/etc/kubernetes',
    manifests: '/etc/kubernetes/manifests',
    kubelet: '/var/lib/kubelet',
    adminKubeconfig: '/etc/kubernetes/admin.conf',
  };
}

/** Results for the user, kept apart from events because they may hold secrets that were asked for. */
export interface Report {
  /** Sets a field of the document printed by `-o json` and `-o yaml`. */
  set(field: string, value: unknown): void;
  /** Text for standard output, verbatim, in the text formats. */
  print(text: string): void;
}

/** What every run on a machine has. */
export interface MachineContext {
  readonly host: Host;
  /** The container runtime of this node. */
  readonly cri: ContainerRuntime;
  readonly health: HealthProbes;
  readonly release: ResolvedRelease;
  readonly paths: NodePaths;
  readonly report: Report;
  /** Name under which the program runs: commands in texts begin with it. */
  readonly program: ProgramName;
  /** Start of the process: certificates of one run share it. Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAtMs: number;
}

/** Of runs that use the API of the cluster. */
export interface KubeContext {
  readonly kube: KubeApi;
}

/** Of runs that make keys. */
export interface KeysContext {
  readonly keys: KeySupply;
}

/** Of runs that write what users may patch. */
export interface PatchesContext {
  readonly patches: Patches;
}
