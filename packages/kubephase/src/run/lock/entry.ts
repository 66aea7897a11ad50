/** A run as others see it: a Unix socket that answers as long as the process lives, and how others ask it. */
import { chmodSync, renameSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { isSystemError } from '../../host/files/disk.ts';
import { closePlace, openPlace, processOf, removeEntry, type LockedTree } from './places.ts';
import type { Claim, Holder } from './port.ts';

/** A process answers in a few milliseconds; one that is stopped does not, and holds the lock all the same. */
const answerTimeoutMs = 2000;
/** Characters of an answer that are read. */
const longestAnswer = 8192;
/** Askers at a time. Others are turned away, so that nobody uses up the file descriptors of a run. */
const mostAskers = 32;

export interface Entry {
  readonly path: string;
  /** From now on others are told that this run has the lock. */
  promote(): void;
  /** Takes the entry away. */
  close(): void;
}

/** How an entry answered. A candidate has yet to see whether it is alone. */
export type Answer =
  | { readonly state: 'dead' }
  | { readonly state: 'candidate' | 'holder'; readonly path: string; readonly holder: Holder };

/**
 * Shows this run in `place`. Returns undefined when the place cannot be used.
 *
 * The socket gets its name only when it listens: before, it would look like that of a dead process. As it has a name of its own
 * that is never used again, whoever removes the entry of a dead process cannot hit that of a living one.
 */
export async function showEntry(tree: LockedTree, place: string, claim: Claim): Promise<Entry | undefined> {
  if (!openPlace(tree, place)) return undefined;
  const mark = `${process.pid}-${Buffer.from(crypto.getRandomValues(new Uint8Array(4))).toString('hex')}`;
  const [hidden, path] = [join(place, `${tree.prefix}new-${mark}`), join(place, tree.prefix + mark)];
  let state = 'candidate';
  const server = createServer((asker) => {
    // An asker that has gone does not matter to the run.
    asker.on('error', () => asker.destroy());
    asker.end(JSON.stringify({ tree: tree.prefix, state, pid: process.pid, ...claim }), () => asker.destroy());
  });
  server.maxConnections = mostAskers;
  try {
    await listen(server, hidden);
    // Users who may look at the tree may ask who works on it; who counts is decided by the owner of the socket.
    chmodSync(hidden, 0o666);
    renameSync(hidden, path);
  } catch (error) {
    server.close();
    removeEntry(hidden);
    if (!isSystemError(error)) throw error;
    return undefined;
  }
  // The run decides when the process ends, not the lock.
  server.unref();
  return {
    path,
    promote: () => (state = 'holder'),
    close: () => {
      removeDead(tree, path);
      server.close();
    },
  };
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Errors that mean that no process listens there. */
const goneCodes = new Set(['ECONNREFUSED', 'ENOENT']);

/**
 * Asks the entry at `path` who it is. One that does not answer in time counts as holder: it cannot be told whether it is at work. One that
 * hangs up is about to end, or has too many askers: it counts as candidate, so that it is asked again.
 */
export function askEntry(tree: LockedTree, path: string): Promise<Answer> {
  const unknown = { path, holder: { pid: processOf(tree, path) } };
  return new Promise((resolve) => {
    const socket = createConnection({ path });
    let text = '';
    const finish = (answer: Answer): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setEncoding('utf8');
    socket.setTimeout(answerTimeoutMs, () => finish({ state: 'holder', ...unknown }));
    socket.on('data', (part: string) => {
      text = (text + part).slice(0, longestAnswer);
    });
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => {
      if (goneCodes.has(code)) finish({ state: 'dead' });
      else finish({ state: code === 'ECONNRESET' || code === 'EPIPE' ? 'candidate' : 'holder', ...unknown });
    });
    socket.once('close', () => finish(readAnswer(tree, { path, text }) ?? { state: 'candidate', ...unknown }));
  });
}

function readAnswer(tree: LockedTree, { path, text }: { readonly path: string; readonly text: string }): Answer | undefined {
  const told = parse(text);
  if (told === undefined) return undefined;
  // The socket of a run on another tree, which somebody gave a name here.
  if (told['tree'] !== tree.prefix) return { state: 'dead' };
  const { pid, command, startedAtMs } = told;
  return {
    state: told['state'] === 'candidate' ? 'candidate' : 'holder',
    path,
    holder: {
      ...(typeof pid === 'number' ? { pid } : {}),
      ...(typeof command === 'string' ? { command } : {}),
      ...(typeof startedAtMs === 'number' ? { startedAtMs } : {}),
    },
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    // Half an answer: the process ended or was stopped meanwhile.
    return undefined;
  }
}

/** Removes what a dead process left at `path`, and its folder when that is empty. */
export function removeDead(tree: LockedTree, path: string): void {
  removeEntry(path);
  closePlace(tree, dirname(path));
}

/** Decides between candidates, the same for all of them. */
export function isBefore(path: string, other: string): boolean {
  return basename(path) < basename(other);
}
