/** What the phases of `init` may use. A phase asks only for the fields that it needs. */
import type { ContainerRuntime } from '../../clients/cri/port.ts';
import type { HealthProbes } from '../../clients/health/port.ts';
import type { KubeApi } from '../../clients/kube/port.ts';
import type { InitConfig } from '../../config/types.ts';
import type { KeySupply } from '../../core/keys/supply.ts';
import type { Host } from '../../host/port.ts';
import type { ProgramName } from '../../product.ts';
import type { ResolvedRelease } from '../../releases/release.ts';

/** Folders and files as the user knows them. */
export interface InitPaths {
  /** `certificatesDir`. */
  readonly certificates: string;
  /** `--kubeconfig-dir`. */
  readonly kubeconfigs: string;
  readonly manifests: string;
  readonly kubelet: string;
  /** `--kubeconfig`: the file with which the API is used. */
  readonly adminKubeconfig: string;
}

/** What the user asked of the output. */
export interface InitOptions {
  readonly uploadCerts: boolean;
  readonly skipTokenPrint: boolean;
  readonly skipCertificateKeyPrint: boolean;
  readonly printManifest: boolean;
  /** Name under which the program runs: commands in texts begin with it. Default `kubephase`. */
  readonly program?: ProgramName;
}

/** Results for the user, kept apart from events because they may hold secrets that were asked for. */
export interface Report {
  /** Sets a field of the document printed by `-o json` and `-o yaml`. */
  set(field: string, value: unknown): void;
  /** Text for standard output, verbatim, in the text formats. */
  print(text: string): void;
}

export interface InitContext {
  readonly config: InitConfig;
  readonly release: ResolvedRelease;
  readonly paths: InitPaths;
  readonly options: InitOptions;
  readonly host: Host;
  readonly kube: KubeApi;
  readonly health: HealthProbes;
  /** The container runtime of this node. */
  readonly cri: ContainerRuntime;
  readonly keys: KeySupply;
  readonly report: Report;
  /** Start of the process: certificates of one run share it. Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAtMs: number;
}
