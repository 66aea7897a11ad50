/** The first content of a disk in memory, from the short forms that tests write. */
import { posix } from 'node:path';
import type { FileMode, Owner } from '../port.ts';
import type { MemoryNode } from './disk.ts';

/** What stands at a path: text or bytes (mode 0644), or one of the long forms. Missing parents are made with mode 0755. */
export type MemoryEntry =
  | string
  | Uint8Array
  | { readonly content: string | Uint8Array; readonly mode?: FileMode; readonly owner?: Owner }
  | { readonly directory: true; readonly mode?: FileMode; readonly owner?: Owner }
  | { readonly link: string }
  | { readonly device: true };

const root: Owner = { uid: 0, gid: 0 };

/** Returns the nodes of a disk that holds `entries`, by absolute path. */
export function nodesFrom(entries: Readonly<Record<string, MemoryEntry>>): Map<string, MemoryNode> {
  const nodes = new Map<string, MemoryNode>([['/', directoryNode()]]);
  for (const [path, entry] of Object.entries(entries)) {
    for (const parent of parentsOf(path)) if (!nodes.has(parent)) nodes.set(parent, directoryNode());
    nodes.set(path, nodeFrom(entry));
  }
  return nodes;
}

function nodeFrom(entry: MemoryEntry): MemoryNode {
  if (typeof entry === 'string' || entry instanceof Uint8Array) return nodeFrom({ content: entry });
  if ('link' in entry) return { type: 'symlink', mode: 0o777, owner: root, content: bytesOf(entry.link) };
  if ('device' in entry) return { type: 'other', mode: 0o666, owner: root, content: new Uint8Array() };
  const owner = entry.owner ?? root;
  if ('directory' in entry) return { ...directoryNode(), mode: entry.mode ?? 0o755, owner };
  return { type: 'file', mode: entry.mode ?? 0o644, owner, content: bytesOf(entry.content) };
}

function directoryNode(): MemoryNode {
  return { type: 'directory', mode: 0o755, owner: root, content: new Uint8Array() };
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function parentsOf(path: string): readonly string[] {
  const parent = posix.dirname(path);
  return parent === '/' ? [] : [...parentsOf(parent), parent];
}
