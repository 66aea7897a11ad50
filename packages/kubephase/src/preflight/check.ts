/** What a preflight check is. */
import type { InitConfig } from '../config/types.ts';
import type { Host } from '../host/port.ts';
import type { ProblemFields } from '../problems/catalogue.ts';

/** Something that a check found. */
export type Finding = Pick<ProblemFields, 'summary' | 'detail' | 'remedy' | 'cause'>;

/** A warning tells, an error stops the run unless its check is ignored. */
export type Severity = 'warning' | 'error';

/** A named look at the machine. It changes nothing. `C` is the part of a context that it uses. */
export interface Check<in C = CheckContext> {
  /** The word that users give to `--ignore-preflight-errors`. */
  readonly name: string;
  /** Of everything that this check finds. */
  readonly severity: Severity;
  /** Returns nothing when all is well. What it throws counts as an error. */
  readonly run: (context: C) => readonly Finding[] | Promise<readonly Finding[]>;
}

/** What checks may use. */
export interface CheckContext {
  readonly config: InitConfig;
  readonly host: Host;
}

/** Returns the name of a check on a path: `FileAvailable--etc-kubernetes-kubelet.conf`. */
export function pathCheckName(kind: 'FileAvailable' | 'DirAvailable' | 'FileContent', path: string): string {
  return `${kind}-${path.replaceAll('/', '-')}`;
}
