/** What a command asks of the configuration loader, and what it gets back. */
import type { FlagValues, Location, Problem } from 'phaserunner';
import type { ResolvedRelease } from '../releases/release.ts';

export interface InitRequest {
  /** Value of `--config`, when the flag was given. */
  readonly configPath?: string;
  /** The flags that were really given, defaults not filled in. */
  readonly flags: FlagValues;
  /** Look for sockets of container runtimes when none is configured; otherwise containerd's is assumed. */
  readonly detectCriSocket: boolean;
  /** Unknown fields, unknown kinds and duplicate keys are problems, not warnings. */
  readonly strict?: boolean;
  /** Take the nearest known release for a Kubernetes version that no release describes. */
  readonly allowUnknownVersion?: boolean;
}

/** Where a field came from: a place in the file or a flag. Undefined for defaults. */
export type Origin = (field: string) => Location | undefined;

export type Loaded<T> =
  | {
      readonly ok: true;
      readonly config: T;
      readonly release: ResolvedRelease;
      readonly warnings: readonly Problem[];
      /** Takes a field with its kind in front, such as `InitConfiguration.skipPhases`. */
      readonly origin: Origin;
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };
