/** The lock of a tree of files on this machine. Why it is made of sockets: docs/decisions/0017-one-run-at-a-time.md. */
import { systemClock, type Clock } from 'phaserunner';
import { failure } from '../../problems/catalogue.ts';
import { askEntry, isBefore, removeDead, showEntry, type Answer, type Entry } from './entry.ts';
import { listEntries, lockedTree, type LockedTree } from './places.ts';
import type { Attempt, Claim, RunLocks } from './port.ts';

/** Candidates that came at the same instant look at each other again after this time. */
const pauseMs = 10;
/** Looks after which a candidate that does not make up its mind counts as holder. */
const mostLooks = 300;

export interface RealLocksOptions {
  /** Root folder of the tree, without symbolic links; empty for the whole machine. */
  readonly root: string;
  /** Folders for trees without a place of their own. Default: those of the machine. */
  readonly shared?: readonly string[];
  readonly clock?: Clock;
}

/**
 * Who wants the lock shows itself, then looks around. Who sees nobody else has the lock. Of two who show themselves before they
 * look, the later one sees the earlier one, so that never both have it; when each sees the other, the one with the greater name
 * steps back.
 */
export function createRealRunLocks({ root, shared, clock = systemClock }: RealLocksOptions): RunLocks {
  const tree = lockedTree(root, shared);
  return {
    attempt: async (claim) => {
      for (let looks = 0; ; looks += 1) {
        const others = await lookAround(tree);
        const settled = heldBy(others, looks);
        if (settled !== undefined) return settled;
        // Who would have to step back does not show itself, so that the others need not look at it.
        const outcome = others.length === 0 ? await contend(tree, claim, clock) : undefined;
        if (outcome !== undefined) return outcome;
        await clock.sleep(pauseMs);
      }
    },
  };
}

type Living = Exclude<Answer, { readonly state: 'dead' }>;

/** Asks all entries but `own`. Those of dead processes are removed. */
async function lookAround(tree: LockedTree, own?: string): Promise<readonly Living[]> {
  const paths = listEntries(tree).filter((path) => path !== own);
  const answers = await Promise.all(paths.map(async (path) => ({ path, answer: await askEntry(tree, path) })));
  for (const { path, answer } of answers) if (answer.state === 'dead') removeDead(tree, path);
  return answers.flatMap(({ answer }) => (answer.state === 'dead' ? [] : [answer]));
}

function heldBy(others: readonly Living[], looks: number): Attempt | undefined {
  const holder = others.find(({ state }) => state === 'holder') ?? (looks >= mostLooks ? others[0] : undefined);
  return holder === undefined ? undefined : { taken: false, holder: holder.holder };
}

/** Undefined when somebody else was a candidate too and goes first. */
async function contend(tree: LockedTree, claim: Claim, clock: Clock): Promise<Attempt | undefined> {
  const own = await show(tree, claim);
  try {
    const attempt = await decide(tree, own, clock);
    if (attempt?.taken !== true) own.close();
    return attempt;
  } catch (error) {
    own.close();
    throw error;
  }
}

async function decide(tree: LockedTree, own: Entry, clock: Clock): Promise<Attempt | undefined> {
  for (let looks = 0; ; looks += 1) {
    const others = await lookAround(tree, own.path);
    if (others.length === 0) {
      own.promote();
      return { taken: true, lock: { release: () => own.close() } };
    }
    const settled = heldBy(others, looks);
    if (settled !== undefined || others.some(({ path }) => isBefore(path, own.path))) return settled;
    await clock.sleep(pauseMs);
  }
}

async function show(tree: LockedTree, claim: Claim): Promise<Entry> {
  for (const place of tree.places) {
    const entry = await showEntry(tree, place, claim);
    if (entry !== undefined) return entry;
  }
  throw failure('RUN_LOCK_UNAVAILABLE', {
    summary: 'other runs cannot be kept away from this machine: there is no folder for the lock',
    detail: `None of these can be written, or other users could take files away from them: ${tree.places.join(', ')}.`,
    remedy: 'Mount a file system in memory: mount -t tmpfs -o mode=1777 tmpfs /dev/shm.',
    where: { file: tree.places[0] ?? '' },
  });
}
