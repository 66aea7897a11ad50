/** What a dry run has changed so far, by path as the user knows it, and reads that see it before the machine. */
import { posix } from 'node:path';
import { sortEntries } from '../files/files.ts';
import { isStagedFor } from '../files/staged.ts';
import type { DirectoryEntry, FileMode, Files, FileStatus, Owner } from '../port.ts';

/** A file with its content here, a file whose content lies in the dry-run directory, or a directory. */
type OverlayNode =
  | { readonly type: 'file'; readonly content: Uint8Array; readonly mode: FileMode; readonly owner: Owner }
  | { readonly type: 'redirected' }
  | { readonly type: 'directory'; readonly mode: FileMode; readonly owner: Owner };

/** Mode and owner that replace those below. */
interface AccessOverride {
  readonly mode?: FileMode;
  readonly owner?: Owner;
}

/** Keys are normalised absolute paths. */
interface Overlay {
  readonly nodes: Map<string, OverlayNode>;
  readonly access: Map<string, AccessOverride>;
  /** Files that were written: nothing is staged for them any more. */
  readonly written: Set<string>;
}

export function createOverlay(): Overlay {
  return { nodes: new Map(), access: new Map(), written: new Set() };
}

/** Returns the status that the overlay alone knows. */
function overlayStatus(node: OverlayNode | undefined): FileStatus | undefined {
  if (node === undefined || node.type === 'redirected') return undefined;
  const { type, mode, owner } = node;
  return { type, mode, owner, size: node.type === 'file' ? node.content.length : 0 };
}

/** Returns the entries of `directory`: those `below` the overlay and those in it. Undefined when neither knows the directory. */
function mergeEntries(
  overlay: Overlay,
  directory: string,
  below: readonly DirectoryEntry[] | undefined,
): readonly DirectoryEntry[] | undefined {
  if (below === undefined && overlay.nodes.get(directory)?.type !== 'directory') return undefined;
  const entries = new Map((below ?? []).map((entry) => [entry.name, entry]));
  for (const entry of overlayEntries(overlay, directory)) entries.set(entry.name, entry);
  for (const path of overlay.written) {
    if (posix.dirname(path) !== directory) continue;
    // Entries may be deleted while a map is walked through.
    for (const name of entries.keys()) if (isStagedFor(posix.basename(path), name)) entries.delete(name);
  }
  return sortEntries([...entries.values()]);
}

function overlayEntries(overlay: Overlay, directory: string): readonly DirectoryEntry[] {
  return [...overlay.nodes]
    .filter(([path]) => posix.dirname(path) === directory)
    .map(([path, { type }]) => ({ name: posix.basename(path), type: type === 'directory' ? type : 'file' }));
}

/** Gives a path of the dry-run directory for a path of the machine, or undefined when the file has no place there. */
export type Redirect = (path: string) => string | undefined;

/** What a dry run's files are made of. */
export interface DryRunParts {
  /** The machine. */
  readonly base: Files;
  /** Takes normalised paths. */
  readonly redirect: Redirect;
  readonly overlay: Overlay;
}

type Reads = Pick<Files, 'read' | 'readText' | 'readEnd' | 'realPath' | 'isMountPoint' | 'status' | 'list' | 'staged'>;

/** In each look the overlay comes first, then the dry-run directory, which an earlier dry run may have filled, then the machine. */
export function createDryRunReads({ base, redirect, overlay }: DryRunParts): Reads {
  /** Asks for the counterpart in the dry-run directory first. */
  const ask = async <T>(path: string, question: (path: string) => Promise<T | undefined>): Promise<T | undefined> => {
    const counterpart = redirect(path);
    return (counterpart === undefined ? undefined : await question(counterpart)) ?? question(path);
  };
  const read: Files['read'] = async (given, maxBytes) => {
    const path = posix.normalize(given);
    const node = overlay.nodes.get(path);
    return node?.type === 'file' ? node.content.slice() : ask(path, (place) => base.read(place, maxBytes));
  };
  return {
    read,
    readText: async (path, maxBytes) => {
      const content = await read(path, maxBytes);
      return content === undefined ? undefined : new TextDecoder().decode(content);
    },
    readEnd: async (given, maxBytes) => {
      const path = posix.normalize(given);
      const node = overlay.nodes.get(path);
      return node?.type === 'file' ? node.content.slice(-maxBytes) : ask(path, (place) => base.readEnd(place, maxBytes));
    },
    realPath: (path) => base.realPath(path),
    isMountPoint: (path) => base.isMountPoint(path),
    status: async (given) => {
      const path = posix.normalize(given);
      const node = overlay.nodes.get(path);
      const found = (node?.type === 'file' ? undefined : await ask(path, (place) => base.status(place))) ?? overlayStatus(node);
      return found === undefined ? undefined : { ...found, ...overlay.access.get(path) };
    },
    list: async (path) => mergeEntries(overlay, posix.normalize(path), await base.list(path)),
    staged: async (given) => {
      const path = posix.normalize(given);
      if (overlay.written.has(path)) return [];
      const counterpart = redirect(path);
      const inDirectory = counterpart === undefined ? [] : await base.staged(counterpart);
      return inDirectory.length > 0 ? inDirectory : base.staged(path);
    },
  };
}
