/** What a rehearsal has changed so far, by path as the user knows it. */
import { posix } from 'node:path';
import { sortEntries } from '../files/read.ts';
import type { DirectoryEntry, FileMode, FileStatus, Owner } from '../port.ts';

/** A file with its content here, a file whose content lies in the dry-run directory, or a directory. */
export type OverlayNode =
  | { readonly type: 'file'; readonly content: Uint8Array; readonly mode: FileMode; readonly owner: Owner }
  | { readonly type: 'redirected' }
  | { readonly type: 'directory'; readonly mode: FileMode; readonly owner: Owner };

/** Mode and owner that replace those below. */
export interface AccessOverride {
  readonly mode?: FileMode;
  readonly owner?: Owner;
}

/** Keys are normalised absolute paths. */
export interface Overlay {
  readonly nodes: Map<string, OverlayNode>;
  readonly access: Map<string, AccessOverride>;
  /** Paths that no longer exist. */
  readonly gone: Set<string>;
}

export function createOverlay(): Overlay {
  return { nodes: new Map(), access: new Map(), gone: new Set() };
}

/** Returns the status that the overlay alone knows. */
export function overlayStatus(node: OverlayNode | undefined): FileStatus | undefined {
  if (node === undefined || node.type === 'redirected') return undefined;
  const { type, mode, owner } = node;
  return { type, mode, owner, size: node.type === 'file' ? node.content.length : 0 };
}

/** Returns the entries of `directory`: those `below` the overlay and those in it. Undefined when neither knows the directory. */
export function mergeEntries(
  overlay: Overlay,
  directory: string,
  below: readonly DirectoryEntry[] | undefined,
): readonly DirectoryEntry[] | undefined {
  if (below === undefined && overlay.nodes.get(directory)?.type !== 'directory') return undefined;
  const entries = new Map((below ?? []).map((entry) => [entry.name, entry]));
  for (const entry of overlayEntries(overlay, directory)) entries.set(entry.name, entry);
  for (const path of overlay.gone) if (posix.dirname(path) === directory) entries.delete(posix.basename(path));
  return sortEntries([...entries.values()]);
}

function overlayEntries(overlay: Overlay, directory: string): readonly DirectoryEntry[] {
  return [...overlay.nodes]
    .filter(([path]) => posix.dirname(path) === directory)
    .map(([path, { type }]) => ({ name: posix.basename(path), type: type === 'directory' ? type : 'file' }));
}
