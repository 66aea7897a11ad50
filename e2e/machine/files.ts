/** Files of a node, seen from the machine. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * By absolute path in the node. A symbolic link to an absolute path would lead to the machine's own files: name the real
 * path, such as /run instead of /var/run.
 */
export interface NodeFiles {
  /** @throws Error when there is none */
  readonly read: (path: string) => string;
  /** Makes parent directories. Default mode: 0o644. */
  readonly write: (path: string, content: string, mode?: number) => void;
  readonly exists: (path: string) => boolean;
  /** File or directory with all that is in it; nothing there is fine. */
  readonly remove: (path: string) => void;
  /** Copies a file or directory of the machine into the node. */
  readonly copyIn: (source: string, path: string) => void;
}

/** @param pid number of the node's first process on this machine */
export function nodeFiles(pid: number): NodeFiles {
  const real = (path: string): string => join(`/proc/${pid}/root`, path);
  return {
    read: (path) => readFileSync(real(path), 'utf8'),
    write: (path, content, mode = 0o644) => {
      mkdirSync(dirname(real(path)), { recursive: true });
      writeFileSync(real(path), content, { mode });
    },
    exists: (path) => existsSync(real(path)),
    remove: (path) => rmSync(real(path), { recursive: true, force: true }),
    copyIn: (source, path) => {
      mkdirSync(dirname(real(path)), { recursive: true });
      cpSync(source, real(path), { recursive: true });
    },
  };
}
