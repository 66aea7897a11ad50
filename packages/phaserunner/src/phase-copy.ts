/** Copies of phases with other fields. */
import type { Phase } from './phase.ts';

/** Makes the table fail to compile when the type gains a field that it lacks. */
const fields = Object.keys({
  name: true,
  aliases: true,
  summary: true,
  description: true,
  example: true,
  hidden: true,
  flags: true,
  args: true,
  needs: true,
  makes: true,
  include: true,
  work: true,
  check: true,
  prepare: true,
  when: true,
  run: true,
  cleanup: true,
  timeoutMs: true,
  retry: true,
  phases: true,
} satisfies Readonly<Record<keyof Phase, true>>) as readonly (keyof Phase)[];

/** Returns the fields of `phase` as a plain object: those that an instance of a class has from its class as well, which a spread would lose. */
export function phaseFields<C, F extends string>(phase: Phase<C, F>): Phase<C, F> {
  const present = fields.flatMap((field) => (phase[field] === undefined ? [] : [[field, phase[field]] as const]));
  return Object.fromEntries(present) as unknown as Phase<C, F>;
}
