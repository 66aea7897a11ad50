/** What every selected phase says before the first one runs: checks, then preparations. */
import { settle } from './interruption.ts';
import type { Phase } from './phase.ts';
import { locate, problemsOf, type Problem } from './problems.ts';
import type { Run } from './run-options.ts';
import type { FlatPhase } from './tree.ts';

/** Why the run may not start: problems, or that it was cancelled while the phases were asked. */
export type Refusal = { readonly type: 'problems'; readonly problems: readonly Problem[] } | { readonly type: 'cancelled' };

/**
 * Asks `check` of all `phases` at once and, when none has a problem, `prepare` of all at once. Returns why the run may
 * not start, or undefined. Problems come in execution order, each with the path of its phase; what several phases
 * found alike is told once, with the path of the first.
 */
export async function passGates<C>(run: Run<C>, phases: readonly FlatPhase<C>[]): Promise<Refusal | undefined> {
  return (await askAll(run, phases, checkPhase)) ?? (await askAll(run, phases, preparePhase));
}

type Question<C> = (phase: Phase<C>, context: C) => Promise<readonly Problem[]> | undefined;

async function askAll<C>(run: Run<C>, phases: readonly FlatPhase<C>[], question: Question<C>): Promise<Refusal | undefined> {
  const answers = phases.flatMap(({ path, phase }) => {
    const answer = question(phase, run.context);
    return answer === undefined ? [] : [locatedIn(path, answer)];
  });
  if (answers.length === 0) return undefined;
  // Nothing was written yet, so a check that does not stop is not waited for.
  const ending = await settle(() => Promise.all(answers), { clock: run.clock, signal: run.signal, timeoutMs: undefined, graceMs: 0 });
  if (ending.type !== 'done') return { type: 'cancelled' };
  const problems = withoutRepetitions(ending.value.flat());
  return problems.length === 0 ? undefined : { type: 'problems', problems };
}

function checkPhase<C>(phase: Phase<C>, context: C): Promise<readonly Problem[]> | undefined {
  return phase.check === undefined ? undefined : call(phase.check, context);
}

function preparePhase<C>(phase: Phase<C>, context: C): Promise<readonly Problem[]> | undefined {
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
function withoutRepetitions(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, summary, detail, where = {} }) => {
    const { phase: _, ...place } = where;
    if (Object.keys(place).length === 0) return true;
    const identity = JSON.stringify([code, summary, detail, place]);
    return !seen.has(identity) && seen.add(identity);
  });
}
