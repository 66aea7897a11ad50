/** Phases in workflows whose context is another one than theirs. */
import type { CleanupReason, Phase, Proof, Result, Task, Work } from './phase.ts';

/**
 * Returns `phase`, with everything below it, for a workflow in whose context `view` finds what it uses. Not needed where the
 * context has the parts that the phase names: such a phase fits as it is.
 *
 * @example
 * mount(boil, (party: Party) => party.kettles.north)
 */
export function mount<D, C, F extends string>(phase: Phase<C, F>, view: (context: D) => C): Phase<D, F> {
  const { check, prepare, when, run, cleanup, work, needs, makes, include, phases, ...words } = phase;
  const seen = (result: Result<C>): Result<D> => ({ ...result, there: (context) => result.there(view(context)) });
  return Object.freeze({
    ...words,
    ...viewWork({ check, prepare, when, run, cleanup }, view),
    ...(work && { work: async () => viewWork(await work(), view) }),
    ...(needs && { needs: needs.map((need) => (typeof need === 'string' ? need : seen(need))) }),
    ...(makes && { makes: makes.map(seen) }),
    ...(include && { include: { ...include, test: (context: D) => include.test(view(context)) } }),
    ...(phases && { phases: phases.map((child) => mount(child, view)) }),
  });
}

/** Hooks that may be there and undefined. */
type Hooks<C> = { readonly [H in keyof Work<C>]: Work<C>[H] | undefined };

function viewWork<D, C>({ check, prepare, when, run, cleanup }: Hooks<C>, view: (context: D) => C): Work<D> {
  return {
    ...(check && { check: (context: D) => check(view(context)) }),
    ...(prepare && { prepare: (context: D) => prepare(view(context)) }),
    ...(when && { when: (context: D) => when(view(context)) }),
    ...(run && { run: (context: D, task: Task) => run(view(context), task) }),
    ...(cleanup && { cleanup: (context: D, reason: CleanupReason, task: Task) => cleanup(view(context), reason, task) }),
  };
}

/**
 * Returns `phase` as a member only of runs in which `proof` holds; it, and everything below it, may use what that proves.
 * Its children stay the same objects.
 *
 * @example
 * within({ only: 'with guests', test: (party): party is PartyWithGuests => party.guests !== undefined }, serve)
 */
export function within<C, D extends C, F extends string>(proof: Proof<C, D>, phase: Phase<D, F>): Phase<C, F> {
  const own = phase.include;
  const include =
    own === undefined ? proof : { only: `${proof.only}, ${own.only}`, test: (context: C) => proof.test(context) && own.test(context) };
  // Hooks of a phase and of what is below it are called only where its membership holds, so the proof stands for the type.
  return Object.freeze({ ...(phase as unknown as Phase<C, F>), include });
}
