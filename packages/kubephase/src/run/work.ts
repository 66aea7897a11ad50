/** What a command brings along to open its runs. */
import type { Invocation } from 'phaserunner/commander';
import type { KubeApi } from '../clients/kube/port.ts';
import type { InitRequest, Loaded } from '../config/request.ts';
import type { NodeConfig } from '../config/types.ts';
import type { FlagValuesByName } from '../flags/flags.ts';
import type { DryRunVariable } from '../host/dry-run/directory.ts';
import type { Host } from '../host/port.ts';
import type { OpenKubeApi } from '../operations/admin.ts';
import type { ProgramName } from '../product.ts';
import type { ResolvedRelease } from '../releases/release.ts';
import type { KubeContext, MachineContext, NodePaths, Report } from './context.ts';
import type { Ports } from './ports.ts';
import type { Switches } from './selection.ts';

/** What every configuration of a run has. */
export interface RunConfig extends Pick<NodeConfig, 'nodeRegistration' | 'patchesDirectory' | 'timeouts' | 'cluster'> {
  readonly dryRun: boolean;
  readonly skipPhases: readonly string[];
}

/** What a run works on, once its configuration is read. */
export interface RunFacts<Config> {
  readonly config: Config;
  readonly release: ResolvedRelease;
  readonly paths: NodePaths;
}

/** What the context of a run is made from. */
export interface ContextParts<Config> extends RunFacts<Config>, Omit<Ports, 'close' | 'directory'> {
  /** Values of the flags, with defaults. */
  readonly flags: FlagValuesByName;
  readonly report: Report;
  readonly program: ProgramName;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAtMs: number;
}

/** A way to the API, with what it may tell meanwhile. */
export interface ConnectOptions {
  readonly host: Host;
  readonly open: OpenKubeApi;
  /** Told every few seconds what is waited for. */
  readonly tell: (text: string) => void;
  readonly signal: AbortSignal;
}

/** How a command opens its runs; all else is the same for every command with phases. */
export interface RunWork<C extends MachineContext & KubeContext, Config extends RunConfig> {
  /** Field of the configuration with the phases to skip, its kind in front. */
  readonly skipField: string;
  readonly dryRunVariable: DryRunVariable;
  /** Phases that take `--cri-socket` as those of the reference do, and do nothing with the container runtime. */
  readonly withoutRuntime?: readonly string[];
  readonly load: (host: Host, request: InitRequest) => Promise<Loaded<Config>>;
  /** What the configuration switches on and off by itself. Default: nothing. */
  readonly switches?: Switches<Config>;
  /** Told at the start of a whole run, not by single phases. */
  readonly announcement: (config: Config) => string;
  /** Whether the command only prints something, so that another run need not be kept away. Default: no. */
  readonly readsOnly?: (invocation: Pick<Invocation<FlagValuesByName>, 'flags' | 'phase'>) => boolean;
  readonly connect: (facts: RunFacts<Config>, options: ConnectOptions) => Promise<KubeApi>;
  readonly context: (parts: ContextParts<Config>) => C;
}
