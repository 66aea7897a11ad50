/** Phases in workflows whose context is another one than theirs. */
import { phaseFields } from './phase-copy.ts';
import { hookNames, type Phase, type Proof, type Result, type Work } from './phase.ts';

/**
 * Returns `phase`, with everything below it, for a workflow in whose context `view` finds what it uses. Not needed where the
 * context has the parts that the phase names: such a phase fits as it is.
 *
 * @example
 * mount(boil, (party: Party) => party.kettles.north)
 */
export function mount<D, C, F extends string>(phase: Phase<C, F>, view: (context: D) => C): Phase<D, F> {
  const fields = phaseFields(phase);
  const { work, needs, makes, include, phases } = fields;
  const seen = (result: Result<C>): Result<D> => ({ ...result, there: (context) => result.there(view(context)) });
  return Object.freeze({
    ...withView(fields, view),
    ...(work && { work: async () => withView(await work(), view) as Work<D> }),
    ...(needs && { needs: needs.map((need) => (typeof need === 'string' ? need : seen(need))) }),
    ...(makes && { makes: makes.map(seen) }),
    ...(include && { include: { ...include, test: (context: D) => include.test(view(context)) } }),
    ...(phases && { phases: phases.map((child) => mount(child, view)) }),
  }) as unknown as Phase<D, F>;
}

/** Returns `work` with hooks that get a view of the context. What is no work at all is left as it is, for the run to refuse. */
function withView<C>(work: Partial<Work<C>>, view: (context: never) => C): object {
  if (typeof work !== 'object' || (work as unknown) === null) return work;
  const hooks = hookNames.flatMap((name) => {
    const hook: unknown = work[name];
    if (typeof hook !== 'function') return hook === undefined ? [] : [[name, hook] as const];
    return [
      [name, (context: never, ...rest: readonly unknown[]): unknown => Reflect.apply(hook, undefined, [view(context), ...rest])] as const,
    ];
  });
  return { ...work, ...Object.fromEntries(hooks) };
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
  return Object.freeze({ ...phaseFields(phase as unknown as Phase<C, F>), include });
}
