/** What happens with every selected phase before the first one runs: its work is loaded, then it checks, then it prepares. */
import { settle } from './interruption.ts';
import { malformedWork, workFaults } from './loaded-work.ts';
import { phaseFields } from './phase-copy.ts';
import { hookNames, type Work } from './phase.ts';
import { locate, problemsOf, type Problem } from './problems.ts';
import type { Run } from './run-options.ts';
import type { FlatPhase } from './tree.ts';

/** Why the run may not start: problems, or that it was cancelled while the phases were asked. */
export type Refusal = { readonly type: 'problems'; readonly problems: readonly Problem[] } | { readonly type: 'cancelled' };

/** The phases whose work was loaded, by path, with their hooks. */
export interface Passage<C> {
  readonly type: 'passed';
  readonly loaded: ReadonlyMap<string, FlatPhase<C>>;
}

/**
 * Loads the work of all `places` at once, then asks `check` of all at once and, when none has a problem, `prepare` of all
 * at once. Problems come in execution order, each with the path of its phase; what several phases found alike is reported
 * once, with the path of the first.
 */
export async function passGates<C>(run: Run<C>, places: readonly FlatPhase<C>[]): Promise<Refusal | Passage<C>> {
  const loaded = new Map<string, FlatPhase<C>>();
  const unloaded = await askAll(run, places, (place) => (place.phase.work === undefined ? undefined : loadWork(place, loaded)));
  if (unloaded !== undefined) return unloaded;
  const ready = loaded.size === 0 ? places : places.map((place) => loaded.get(place.path) ?? place);
  return (await askAll(run, ready, checkPhase)) ?? (await askAll(run, ready, preparePhase)) ?? { type: 'passed', loaded };
}

/** Puts `place` with its hooks into `loaded`. Whatever else a module exports is not part of the phase. */
async function loadWork<C>(place: FlatPhase<C>, loaded: Map<string, FlatPhase<C>>): Promise<readonly Problem[]> {
  const { work, ...words } = phaseFields(place.phase);
  const exports: unknown = await work?.();
  const faults = workFaults(exports);
  if (faults.length > 0) return faults.map((says) => malformedWork(place.path, says));
  const brought = exports as Work<C>;
  const hooks = hookNames.flatMap((name) => (brought[name] === undefined ? [] : [[name, brought[name]]]));
  loaded.set(place.path, { ...place, phase: { ...words, ...(Object.fromEntries(hooks) as Work<C>) } });
  return [];
}

/** Undefined when there is nothing to ask. */
type Question<C> = (place: FlatPhase<C>, context: C) => Promise<readonly Problem[]> | undefined;

async function askAll<C>(run: Run<C>, places: readonly FlatPhase<C>[], question: Question<C>): Promise<Refusal | undefined> {
  const answers = places.flatMap((place) => {
    const answer = question(place, run.context);
    return answer === undefined ? [] : [locatedIn(place.path, answer)];
  });
  if (answers.length === 0) return undefined;
  // Nothing was written yet, so a check that does not stop is not waited for.
  const ending = await settle(() => Promise.all(answers), { clock: run.clock, signal: run.signal, timeoutMs: undefined, graceMs: 0 });
  if (ending.type !== 'done') return { type: 'cancelled' };
  const problems = withoutRepetitions(ending.value.flat());
  return problems.length === 0 ? undefined : { type: 'problems', problems };
}

function checkPhase<C>({ phase }: FlatPhase<C>, context: C): Promise<readonly Problem[]> | undefined {
  return phase.check === undefined ? undefined : call(phase.check, context);
}

function preparePhase<C>({ phase }: FlatPhase<C>, context: C): Promise<readonly Problem[]> | undefined {
  if (phase.prepare === undefined) return undefined;
  const { prepare } = phase;
  return call(async (given) => {
    await prepare(given);
    return [];
  }, context);
}

/** Also what throws at once becomes a promise, so that every phase is asked. */
async function call<C>(hook: (context: C) => readonly Problem[] | Promise<readonly Problem[]>, context: C): Promise<readonly Problem[]> {
  return await hook(context);
}

async function locatedIn(path: string, answer: Promise<readonly Problem[]>): Promise<readonly Problem[]> {
  try {
    return (await answer).map((problem) => locate(problem, { phase: path }));
  } catch (error) {
    return problemsOf(error, 'PHASE_FAILED', { phase: path });
  }
}

/** Phases that depend on the same thing find the same fault in it. A problem without a place but the phase is its own. */
export function withoutRepetitions(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, summary, detail, where = {} }) => {
    const { phase: _, ...place } = where;
    if (Object.keys(place).length === 0) return true;
    const identity = JSON.stringify([code, summary, detail, place]);
    return !seen.has(identity) && seen.add(identity);
  });
}
