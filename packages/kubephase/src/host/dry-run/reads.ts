/** The reading half of a rehearsal's files: what the rehearsal has written so far, then the machine. */
import { posix } from 'node:path';
import { stagedPath } from '../files/staged.ts';
import type { Files } from '../port.ts';
import { mergeEntries, overlayStatus, type Overlay } from './overlay.ts';

/** Gives a path of the dry-run directory for a path of the machine, or undefined when the file has no place there. */
export type Redirect = (path: string) => string | undefined;

/** What a rehearsal's files are made of. */
export interface DryRunParts {
  /** The machine. */
  readonly base: Files;
  /** Takes normalised paths. */
  readonly redirect: Redirect;
  readonly overlay: Overlay;
}

type Reads = Pick<Files, 'read' | 'readText' | 'status' | 'list' | 'staged'>;

/** In each look the overlay comes first, then the dry-run directory, which an earlier rehearsal may have filled, then the machine. */
export function createDryRunReads({ base, redirect, overlay }: DryRunParts): Reads {
  /** Asks for the counterpart in the dry-run directory first. */
  const ask = async <T>(path: string, question: (path: string) => Promise<T | undefined>): Promise<T | undefined> => {
    const counterpart = redirect(path);
    return (counterpart === undefined ? undefined : await question(counterpart)) ?? question(path);
  };
  const read: Files['read'] = async (given) => {
    const path = posix.normalize(given);
    const node = overlay.nodes.get(path);
    return node?.type === 'file' ? node.content.slice() : ask(path, (place) => base.read(place));
  };
  return {
    read,
    readText: async (path) => {
      const content = await read(path);
      return content === undefined ? undefined : new TextDecoder().decode(content);
    },
    status: async (given) => {
      const path = posix.normalize(given);
      const node = overlay.nodes.get(path);
      const found = (node?.type === 'file' ? undefined : await ask(path, (place) => base.status(place))) ?? overlayStatus(node);
      return found === undefined ? undefined : { ...found, ...overlay.access.get(path) };
    },
    list: async (path) => mergeEntries(overlay, posix.normalize(path), await base.list(path)),
    staged: async (given) => {
      const path = posix.normalize(given);
      return overlay.gone.has(stagedPath(path)) ? undefined : ask(path, (place) => base.staged(place));
    },
  };
}
