/** What a patch is: where it comes from, what it changes, and how. */

export const patchTargets = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubeletconfiguration',
  'corednsdeployment',
] as const;

export type PatchTarget = (typeof patchTargets)[number];

export const patchTypes = ['json', 'merge', 'strategic'] as const;

export type PatchType = (typeof patchTypes)[number];

/** Media types, by which Kubernetes tools name the types in their output. */
export const mediaTypes = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const satisfies Readonly<Record<PatchType, string>>;

/** One document of a patch file. */
export interface Patch {
  readonly target: PatchTarget;
  readonly type: PatchType;
  /** Absolute path. */
  readonly file: string;
  /** Counted from 1 in the file; documents with only comments do not count. */
  readonly document: number;
  /** Line of the file with which the document starts, from 1. */
  readonly line: number;
  readonly content: unknown;
}

export interface IgnoredFile {
  readonly file: string;
  /** End of the sentence "ignored: …". */
  readonly reason: string;
}

/** Everything found in a folder of patches, in the order in which it is applied. */
export interface PatchSet {
  /** Undefined when no folder was given. */
  readonly directory: string | undefined;
  readonly patches: readonly Patch[];
  /** Files that hold patches, in walk order. */
  readonly files: readonly string[];
  readonly ignored: readonly IgnoredFile[];
  /** What the user should know but need not change, such as a key that stands twice. */
  readonly warnings: readonly string[];
}

/** The set of a run without patches. */
export const noPatches: PatchSet = { directory: undefined, patches: [], files: [], ignored: [], warnings: [] };
