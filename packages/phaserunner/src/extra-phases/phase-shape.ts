/** The shape of a phase that comes from outside, where no compiler has looked at it. */
import type { Flag } from '../flags.ts';
import type { Phase } from '../phase.ts';
import { anything, callable, filledText, listOf, number, oneOf, record, text, textOr, toggle, type Check } from './shape.ts';

/** Makes a table fail to compile when the type gains a field that the table lacks. */
type Every<T> = { readonly [field in keyof Required<T>]: Check };
type Optional<T, Given extends keyof T> = Omit<Every<T>, Given>;

const flag = record({ name: filledText, type: oneOf('string', 'boolean', 'integer', 'duration', 'list', 'map'), description: filledText }, {
  short: filledText,
  default: anything,
  placeholder: text,
  choices: listOf(text),
  hidden: toggle,
  deprecated: text,
} satisfies Optional<Flag, 'name' | 'type' | 'description'>);

const argument = record({ name: filledText, description: text }, { required: toggle, variadic: toggle });

const need = record({ phase: filledText, or: filledText, unless: callable });

/** Accepts a phase with its children. What only the whole workflow can tell, such as needs, is checked later. */
export const phaseShape: Check = (value, field) => shape(value, field);

const shape = record({ name: filledText, summary: filledText }, {
  aliases: listOf(filledText),
  description: text,
  example: text,
  hidden: toggle,
  flags: listOf(textOr(flag)),
  args: listOf(argument),
  needs: listOf(textOr(need)),
  include: record({ only: filledText, test: callable }),
  when: callable,
  check: callable,
  prepare: callable,
  timeoutMs: number,
  retry: record({ attempts: number, delayMs: number }, { factor: number, retryable: callable }),
  run: callable,
  cleanup: callable,
  phases: listOf(phaseShape),
} satisfies Optional<Phase, 'name' | 'summary'>);
