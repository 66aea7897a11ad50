/** What a command asks of the configuration loader, and what it gets back. */
import type { FlagValues, Location, Problem } from 'phaserunner';
import type { ReleaseLabels } from '../clients/releases/port.ts';
import type { FieldTable } from '../flags/fields.ts';
import type { ResolvedRelease } from '../releases/release.ts';

/** How any configuration is loaded. */
export interface LoadOptions {
  /** Look for sockets of container runtimes when none is configured; otherwise containerd's is assumed. */
  readonly detectCriSocket: boolean;
  /** Whether that is worth it when the phases in the configuration's `skipPhases` are left out. Default: it is. */
  readonly usesRuntime?: (skipPhases: readonly string[]) => boolean;
  /** Unknown fields, unknown kinds and duplicate keys are problems, not warnings. */
  readonly strict?: boolean;
  /** Take the nearest known release for a Kubernetes version that no release describes. */
  readonly allowUnknownVersion?: boolean;
  /** Name under which the program runs, for commands in messages. Default `kubephase`. */
  readonly program?: string;
  /** Where version labels such as `stable-1` are looked up. Without it the newest known version stands in for them, with a warning. */
  readonly labels?: ReleaseLabels;
}

export interface InitRequest extends LoadOptions {
  /** Value of `--config`, when the flag was given. */
  readonly configPath?: string;
  /** The flags that were really given, defaults not filled in. */
  readonly flags: FlagValues;
}

/** A request for a kind that is read alone. */
export interface KindRequest extends InitRequest {
  /** The flags of the command; `field` says which field of the configuration each of them sets. */
  readonly fieldTable: FieldTable;
  /** What flags do that set a field and stand beside a file: an error (the default), or they win over the file. */
  readonly besideFile?: 'refused' | 'win';
}

export interface JoinRequest extends KindRequest {
  /** The argument `api-server-endpoint`. Counts only without a file. */
  readonly endpoint?: string;
  /** A kubeconfig in place of discovery, for phases without flags for it. Counts only without a file. */
  readonly discoveryFile?: string;
}

export interface UpgradeRequest extends KindRequest {
  /** The command whose part of the configuration the flags dry-run, skip-phases and ignore-preflight-errors change. */
  readonly command: 'apply' | 'diff' | 'node' | 'plan';
}

/** Where a field came from: a place in the file or a flag. Undefined for defaults. */
export type Origin = (field: string) => Location | undefined;

interface Success<T> {
  readonly ok: true;
  readonly config: T;
  readonly warnings: readonly Problem[];
  /** Takes a field with its kind in front, such as `InitConfiguration.skipPhases`. */
  readonly origin: Origin;
}

interface Failure {
  readonly ok: false;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** A configuration that names no version of Kubernetes to deploy. */
export type LoadedKind<T> = Success<T> | Failure;

/** A configuration with the release that its version selects. */
export type Loaded<T> = LoadedOf<T> | Failure;

/** What was loaded when nothing was wrong. */
export type LoadedOf<T> = Success<T> & { readonly release: ResolvedRelease };
