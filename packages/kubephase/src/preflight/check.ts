/** What a preflight check is. */
import type { Problem } from 'phaserunner';
import type { ControlPlaneConfig, NodeConfig } from '../config/types.ts';
import type { ContainerRuntime } from '../clients/cri/port.ts';
import type { Version } from '../formats/version.ts';
import type { Patches } from '../operations/patches.ts';
import type { Host } from '../host/port.ts';
import type { ProblemFields } from '../problems/catalogue.ts';
import type { ResolvedRelease } from '../releases/release.ts';

/** A warning tells, an error stops the run unless its check is ignored. */
export type Severity = 'warning' | 'error';

/** Something that a check found. */
export interface Finding extends Pick<ProblemFields, 'summary' | 'detail' | 'remedy' | 'cause'> {
  /** Where one finding weighs another way than the others of its check. */
  readonly severity?: Severity;
  /** The check whose subject this is: this one could not be made for the same reason, and is then told with it. */
  readonly subjectOf?: string;
  /** True when nothing of the run can succeed as long as it is so: ignoring the check leads nowhere. */
  readonly unavoidable?: true;
}

/** Returns what a problem says; code and place of a finding are those of its check. */
export function findingOf({ code: _code, where: _where, ...finding }: Problem): Finding {
  return finding;
}

/** A named look at the machine. It changes nothing. `C` is the part of a context that it uses. */
export interface Check<in C = CheckContext> {
  /** The word that users give to `--ignore-preflight-errors`. */
  readonly name: string;
  /** Of what this check finds, where the finding says nothing else. */
  readonly severity: Severity;
  /** What it looks for, why that matters and what to do about it: one to three sentences for `kubephase preflight explain`. */
  readonly about: string;
  /** Longest duration. Default 30 s; `Infinity` for work that takes as long as it takes. */
  readonly timeoutMs?: number;
  /** Returns nothing when all is well. What it throws counts as an error. */
  readonly run: (context: C) => readonly Finding[] | Promise<readonly Finding[]>;
}

/** What the checks of any node may use. */
export interface CheckContext {
  readonly config: NodeConfig;
  readonly host: Host;
  /** What the target version needs and has. */
  readonly release: ResolvedRelease;
  readonly cri: ContainerRuntime;
  readonly paths: { readonly manifests: string; readonly kubelet: string; readonly kubeconfigs: string };
  /** Ends looks that take long. */
  readonly signal: AbortSignal;
  /** Version of the installed kubelet, or why it is not to be had. It is asked once. */
  readonly installedKubelet: () => Promise<Version | Finding>;
}

/** What the checks of a control plane node may use besides. */
export interface ControlPlaneCheckContext extends CheckContext {
  readonly config: ControlPlaneConfig;
  readonly patches: Patches;
}

/** Returns the name of a check on a path: `FileAvailable--etc-kubernetes-kubelet.conf`. */
export function pathCheckName(kind: 'FileAvailable' | 'DirAvailable' | 'FileContent', path: string): string {
  return `${kind}-${path.replaceAll('/', '-')}`;
}
