/** Checks of phases that come from outside, where no compiler has looked at them, each naming the field that is wrong. */
import type { Flag } from './flags.ts';
import { nearest } from './nearest.ts';
import type { Phase } from './phase.ts';

/** One thing that is wrong. */
export interface Fault {
  /** Path of the field, such as `extraPhases[1].phase.run`. */
  readonly field: string;
  /** What it must be, as the end of "FIELD: …". */
  readonly says: string;
}

/** Returns what is wrong with `value`, which stands at `field`. */
export type Check = (value: unknown, field: string) => readonly Fault[];

/** Accepts what `test` accepts; `expects` is the end of "must be …". */
function must(expects: string, test: (value: unknown) => boolean): Check {
  return (value, field) => (test(value) ? [] : [{ field, says: `must be ${expects}` }]);
}

export const text = must('a text', (value) => typeof value === 'string');
const filledText = must('a text that is not empty', (value) => typeof value === 'string' && value.trim() !== '');
const toggle = must('true or false', (value) => typeof value === 'boolean');
const number = must('a number', (value) => typeof value === 'number');
const callable = must('a function', (value) => typeof value === 'function');
const anything: Check = () => [];

/** Accepts one of the given texts. */
function oneOf(...words: readonly string[]): Check {
  return must(`one of ${words.join(', ')}`, (value) => typeof value === 'string' && words.includes(value));
}

/** Accepts a list of which `item` accepts every member. */
function listOf(item: Check): Check {
  return (value, field) =>
    Array.isArray(value)
      ? value.flatMap((member: unknown, index) => item(member, `${field}[${index}]`))
      : [{ field, says: 'must be a list' }];
}

/** Accepts a text, or an object that `object` accepts. */
function textOr(object: Check): Check {
  return (value, field) => (typeof value === 'string' ? filledText(value, field) : object(value, field));
}

/** Fields by name with their checks. */
type Fields = Readonly<Record<string, Check>>;

/** Accepts an object with all of `required`, any of `optional`, and nothing else. */
export function record(required: Fields, optional: Fields = {}): Check {
  const known = { ...required, ...optional };
  return (value, field) => {
    if (!isRecord(value)) return [{ field, says: 'must be an object' }];
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(known, key));
    const missing = Object.keys(required).filter((key) => value[key] === undefined);
    const present = Object.keys(known).filter((key) => value[key] !== undefined);
    return [
      ...unknown.map((key) => ({ field: `${field}.${key}`, says: unknownField(key, Object.keys(known)) })),
      ...missing.map((key) => ({ field: `${field}.${key}`, says: 'is missing' })),
      ...present.flatMap((key) => known[key]?.(value[key], `${field}.${key}`) ?? []),
    ];
  };
}

/** Whether `value` is an object with fields, not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownField(key: string, known: readonly string[]): string {
  const suggestion = nearest(key, known);
  return `is not a known field${suggestion === undefined ? `; known are ${known.join(', ')}` : `; did you mean ${suggestion}?`}`;
}

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
  secret: toggle,
  oneOff: toggle,
} satisfies Optional<Flag, 'name' | 'type' | 'description'>);

const argument = record({ name: filledText, description: text }, { required: toggle, variadic: toggle });

const resultFields = { name: filledText, found: filledText, there: callable };
const result = record(resultFields, { lasting: toggle });
const needed = record(resultFields, { lasting: toggle, dispensable: text });

/** Accepts a phase with its children. What only the whole workflow can tell, such as needs, is checked later. */
export const phaseShape: Check = (value, field) => shape(value, field);

const shape = record({ name: filledText, summary: filledText }, {
  aliases: listOf(filledText),
  description: text,
  example: text,
  hidden: toggle,
  flags: listOf(textOr(flag)),
  args: listOf(argument),
  needs: listOf(textOr(needed)),
  makes: listOf(result),
  include: record({ only: filledText, test: callable }),
  work: callable,
  when: callable,
  check: callable,
  prepare: callable,
  timeoutMs: number,
  retry: record({ attempts: number, delayMs: number }, { factor: number, retryable: callable }),
  run: callable,
  cleanup: callable,
  phases: listOf(phaseShape),
} satisfies Optional<Phase, 'name' | 'summary'>);
