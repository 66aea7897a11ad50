/** A disk in memory that refuses what a Linux file system refuses, and its first content in the short forms that tests write. */
import { posix } from 'node:path';
import { notRegular, systemError, tooLarge, type Disk, type DiskEntry } from '../files/disk.ts';
import { findPlace, parentsOf } from '../files/place.ts';
import { bytesOf } from '../files/write.ts';
import type { FileMode, Owner } from '../port.ts';

/** One file, directory, link or device of the disk. */
interface MemoryNode {
  type: DiskEntry['type'];
  mode: FileMode;
  owner: Owner;
  /** Empty for directories. For a link: the UTF-8 text of its target. */
  content: Uint8Array;
}

interface MemoryDiskOptions {
  /** Starts with at least the directory `/`. Changed by the disk. */
  readonly nodes: Map<string, MemoryNode>;
  /** Who uses the disk. User 0 may do everything. */
  readonly user: Owner;
  readonly umask: FileMode;
  /** Files that are mounts of their own. */
  readonly mounts?: ReadonlySet<string>;
}

const bits = { read: 4, write: 2, search: 1 } as const;

/** Returns a disk that works on `options.nodes`. */
export function createMemoryDisk(options: MemoryDiskOptions): Disk {
  const { nodes, user, umask, mounts = new Set() } = options;
  const permits = (node: MemoryNode, bit: number): boolean => {
    if (user.uid === 0) return true;
    const shift = node.owner.uid === user.uid ? 6 : node.owner.gid === user.gid ? 3 : 0;
    return ((node.mode >> shift) & bit) === bit;
  };
  const require = (path: string): MemoryNode => {
    const node = nodes.get(path);
    if (node === undefined) throw systemError('ENOENT', 'no such file or directory');
    return node;
  };
  const requireChangeable = (directory: string): void => {
    const node = require(directory);
    if (node.type !== 'directory') throw systemError('ENOTDIR', 'not a directory');
    if (!permits(node, bits.write | bits.search)) throw systemError('EACCES', 'permission denied');
  };
  const requireOwner = (node: MemoryNode): void => {
    if (user.uid !== 0 && user.uid !== node.owner.uid) throw systemError('EPERM', 'operation not permitted');
  };
  const canGiveTo = (owner: Owner): boolean => user.uid === 0 || (owner.uid === user.uid && owner.gid === user.gid);
  const look = (path: string): DiskEntry | undefined => {
    const node = nodes.get(path);
    return node === undefined ? undefined : { type: node.type, mode: node.mode, owner: node.owner, size: node.content.length };
  };
  const readable = (path: string): Uint8Array | undefined => {
    const node = nodes.get(findPlace(disk, '', path).path);
    if (node === undefined) return undefined;
    if (node.type === 'directory') throw systemError('EISDIR', 'a folder stands there');
    if (node.type === 'other') throw notRegular('a device');
    if (!permits(node, bits.read)) throw systemError('EACCES', 'permission denied');
    return node.content;
  };
  const requireWritable = (path: string): MemoryNode => {
    const node = require(path);
    if (!permits(node, bits.write)) throw systemError('EACCES', 'permission denied');
    return node;
  };
  const disk: Disk = {
    userId: user.uid,
    look,
    follow: (path) => findPlace(disk, '', path).entry,
    readLink: (path) => new TextDecoder().decode(require(path).content),
    read: async (path, maxBytes) => {
      const content = readable(path);
      if (content !== undefined && content.length > maxBytes) throw tooLarge(maxBytes);
      return content?.slice();
    },
    readEnd: (path, maxBytes) => readable(path)?.slice(-maxBytes),
    isMountPoint: (path) => mounts.has(path),
    readDirectory: (path) => {
      const node = require(path);
      if (node.type !== 'directory') throw systemError('ENOTDIR', 'not a directory');
      if (!permits(node, bits.read)) throw systemError('EACCES', 'permission denied');
      return childrenOf(nodes, path).map(([child, { type }]) => ({ name: posix.basename(child), type }));
    },
    requireChangeable,
    requireWritable,
    canGiveTo,
    makeDirectory: (path, mode) => {
      if (nodes.has(path)) return false;
      requireChangeable(posix.dirname(path));
      nodes.set(path, { type: 'directory', mode: mode & ~umask, owner: user, content: new Uint8Array() });
      return true;
    },
    stage: (path, content, access) => {
      requireChangeable(posix.dirname(path));
      if (nodes.has(path)) throw systemError('EEXIST', 'file already exists');
      if (access.owner !== undefined && !canGiveTo(access.owner)) throw systemError('EPERM', 'operation not permitted');
      const mode = access.owner === undefined ? access.mode & ~umask : access.mode;
      nodes.set(path, { type: 'file', mode, owner: access.owner ?? user, content: content.slice() });
    },
    overwrite: (path, content) => {
      requireWritable(path).content = content.slice();
    },
    rename: (from, to) => {
      if (mounts.has(to)) throw systemError('EBUSY', 'resource busy or locked');
      requireChangeable(posix.dirname(to));
      nodes.set(to, require(from));
      nodes.delete(from);
    },
    remove: (path) => {
      if (!nodes.has(path)) return;
      requireChangeable(posix.dirname(path));
      nodes.delete(path);
    },
    syncDirectory: (path) => {
      require(path);
    },
    setMode: (path, mode) => {
      const node = require(path);
      requireOwner(node);
      node.mode = mode;
    },
    setOwner: (path, owner) => {
      const node = require(path);
      if (!canGiveTo(owner)) throw systemError('EPERM', 'operation not permitted');
      requireOwner(node);
      node.owner = owner;
    },
  };
  return disk;
}

function childrenOf(nodes: ReadonlyMap<string, MemoryNode>, directory: string): readonly (readonly [string, MemoryNode])[] {
  return [...nodes].filter(([path]) => path !== '/' && posix.dirname(path) === directory);
}

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
