/** Changes a workflow as a user's file says: phases before, after, in place of, or below others, or taken out. */
import { appendPhase, insertAfter, insertBefore, removePhase, replacePhase } from './edit.ts';
import { isRecord, phaseShape, record, text, type Check, type Fault } from './phase-shape.ts';
import type { Phase } from './phase.ts';
import { ProblemError, problemsOf, type Problem } from './problems.ts';
import { isOffered, type Workflow } from './workflow.ts';

/** Loads a module by its `file:` URL and returns its exports. */
export type ImportModule = (url: string) => Promise<unknown>;

/** How extra phases are loaded. */
export interface ExtraPhasesOptions {
  /** Replaces `import()`, for tests and for executables that load modules in another way. */
  readonly importModule?: ImportModule;
  /** Names of flags that the commands of the workflow have anyway (`reservedFlags` of the binding): phases may bring none of these. */
  readonly reservedFlags?: ReadonlySet<string>;
}

type Edit = <C, F extends string, V>(workflow: Workflow<C, F, V>, path: string, phase: Phase<C, F>) => Workflow<C, F, V>;

const edits: Readonly<Record<string, Edit>> = { before: insertBefore, after: insertAfter, replace: replacePhase, append: appendPhase };
const words = [...Object.keys(edits), 'remove'];

/**
 * Returns `workflow` changed by `entries`, one after the other, so that later ones may name phases of earlier ones.
 * @param entries a list of `{ before | after | replace | append: PATH, phase }` and `{ remove: PATH }`, or an object that
 * has this list as `extraPhases`; an empty path after `append` is the top level
 * @param origin the file or setting they come from, named in problems
 * @throws ProblemError `EXTRA_PHASES_INVALID`, one problem for each thing that is wrong, with file and field
 */
export function applyExtraPhases<C, F extends string, V>(workflow: Workflow<C, F, V>, entries: unknown, origin: string): Workflow<C, F, V> {
  return applyEntries(workflow, entries, { origin, reservedFlags: new Set() });
}

function applyEntries<C, F extends string, V>(workflow: Workflow<C, F, V>, entries: unknown, source: Source): Workflow<C, F, V> {
  const { origin } = source;
  const list = isRecord(entries) && entries['extraPhases'] !== undefined ? entries['extraPhases'] : entries;
  if (!Array.isArray(list)) throw new ProblemError(invalid(origin, { field: 'extraPhases', says: 'must be a list' }));
  const problems: Problem[] = [];
  let changed = workflow;
  for (const [index, entry] of list.entries()) {
    const outcome = applyEntry(changed, entry, { ...source, field: `extraPhases[${index}]` });
    if (outcome.type === 'changed') changed = outcome.workflow;
    else problems.push(...outcome.problems);
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return changed;
}

/**
 * Returns `workflow` changed by the ES module `file`, which exports the entries as `extraPhases` or as its default.
 * @throws ProblemError `EXTRA_PHASES_INVALID` when the file is missing, is no module, has no such export, or is malformed
 */
export async function loadExtraPhases<C, F extends string, V>(
  workflow: Workflow<C, F, V>,
  file: string,
  { importModule = (url) => import(url), reservedFlags = new Set() }: ExtraPhasesOptions = {},
): Promise<Workflow<C, F, V>> {
  const module = await load(file, importModule);
  const exports = isRecord(module) ? module : {};
  const entries = exports['extraPhases'] ?? exports['default'];
  if (entries !== undefined) return applyEntries(workflow, entries, { origin: file, reservedFlags });
  throw new ProblemError({
    code: 'EXTRA_PHASES_INVALID',
    summary: `${file} exports no extra phases`,
    remedy: 'add "export const extraPhases = [ … ]"',
    where: { file },
  });
}

/** Beyond what a bundler makes of anything written by hand. In bytes. */
const longestModule = 8 * 1024 * 1024;

async function load(file: string, importModule: ImportModule): Promise<unknown> {
  const [files, paths, urls] = await Promise.all([import('node:fs/promises'), import('node:path'), import('node:url')]);
  const path = paths.resolve(file);
  try {
    // Asked first, because a missing import inside the file fails with the same error as a missing file.
    await files.access(path, files.constants.R_OK);
    const status = await files.stat(path);
    // A pipe would wait for ever, and a device may never end.
    if (!status.isFile() || status.size > longestModule) throw new Error(`it is no regular file of at most ${longestModule} bytes`);
  } catch (cause) {
    throw new ProblemError({
      code: 'EXTRA_PHASES_INVALID',
      summary: `cannot read the file with extra phases ${file}`,
      detail: `looked for ${path}: ${problemsOf(cause, 'EXTRA_PHASES_INVALID')[0].summary}`,
      remedy: 'correct the path, or make the file readable',
      where: { file },
      cause,
    });
  }
  try {
    return await importModule(urls.pathToFileURL(path).href);
  } catch (cause) {
    const kind = cause instanceof SyntaxError ? 'is not a valid ES module' : 'failed while it was loaded';
    const [{ summary, detail }] = problemsOf(cause, 'EXTRA_PHASES_INVALID');
    throw new ProblemError({
      code: 'EXTRA_PHASES_INVALID',
      summary: `${file} ${kind}: ${summary}`,
      ...(detail === undefined ? {} : { detail }),
      remedy: `try "node --check ${file}"; a file with ES modules ends in .mjs`,
      where: { file },
      cause,
    });
  }
}

interface Source {
  readonly origin: string;
  readonly reservedFlags: ReadonlySet<string>;
}

interface Place extends Source {
  readonly field: string;
}

type Outcome<C, F extends string, V> =
  | { readonly type: 'changed'; readonly workflow: Workflow<C, F, V> }
  | { readonly type: 'refused'; readonly problems: readonly Problem[] };

function applyEntry<C, F extends string, V>(workflow: Workflow<C, F, V>, entry: unknown, place: Place): Outcome<C, F, V> {
  const shapeFaults = entryFaults(entry, place.field);
  const added = isRecord(entry) ? (entry['phase'] as Phase<never> | undefined) : undefined;
  const faults =
    shapeFaults.length > 0 || added === undefined ? shapeFaults : flagFaults(workflow, added, { ...place, field: `${place.field}.phase` });
  if (faults.length > 0 || !isRecord(entry)) return { type: 'refused', problems: faults.map((fault) => invalid(place.origin, fault)) };
  const word = words.find((candidate) => entry[candidate] !== undefined) ?? '';
  try {
    return { type: 'changed', workflow: edit(workflow, word, entry) };
  } catch (error) {
    const field = `${place.field}.${word}`;
    return { type: 'refused', problems: problemsOf(error, 'EXTRA_PHASES_INVALID').map((problem) => blame(problem, { ...place, field })) };
  }
}

/** `entry` has passed `entryFaults`. */
function edit<C, F extends string, V>(
  workflow: Workflow<C, F, V>,
  word: string,
  entry: Readonly<Record<string, unknown>>,
): Workflow<C, F, V> {
  const path = String(entry[word]);
  return edits[word]?.(workflow, path, entry['phase'] as Phase<C, F>) ?? removePhase(workflow, path);
}

function entryFaults(entry: unknown, field: string): readonly Fault[] {
  if (!isRecord(entry)) return [{ field, says: 'must be an object' }];
  const used = words.filter((word) => entry[word] !== undefined);
  const [word] = used;
  if (word === undefined || used.length > 1) return [{ field, says: `must have exactly one of ${words.join(', ')}` }];
  const shape: Check = word === 'remove' ? record({ remove: text }) : record({ [word]: text, phase: phaseShape });
  return shape(entry, field);
}

/** Flags that would silently be none: the command does not have them, or has others of their names. */
function flagFaults(workflow: Workflow<never>, { flags = [], phases = [] }: Phase<never>, place: Place): readonly Fault[] {
  const own = flags.flatMap((flag, index) => {
    const field = `${place.field}.flags[${index}]`;
    if (typeof flag !== 'string') {
      return place.reservedFlags.has(flag.name) ? [{ field, says: `brings the flag --${flag.name}, which the commands have anyway` }] : [];
    }
    const isLost = Object.hasOwn(workflow.flags ?? {}, flag) && !isOffered(workflow, flag);
    return isLost ? [{ field, says: `names the flag --${flag}, which "${workflow.name}" does not have` }] : [];
  });
  return [...own, ...phases.flatMap((child, index) => flagFaults(workflow, child, { ...place, field: `${place.field}.phases[${index}]` }))];
}

function invalid(origin: string, { field, says }: Fault): Problem {
  return {
    code: 'EXTRA_PHASES_INVALID',
    summary: `${field}: ${says}`,
    remedy: `correct ${field} in ${origin}`,
    where: { file: origin, field },
  };
}

/** Turns what an edit says of the workflow into what is wrong with the file. */
function blame({ summary, detail, remedy, cause }: Problem, { origin, field }: Place): Problem {
  return {
    code: 'EXTRA_PHASES_INVALID',
    summary: `${field}: ${summary}`,
    ...(detail === undefined ? {} : { detail }),
    ...(remedy === undefined ? {} : { remedy }),
    where: { file: origin, field },
    ...(cause === undefined ? {} : { cause }),
  };
}
