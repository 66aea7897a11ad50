/** Building blocks of the schemas of configuration documents. Every field may be absent or null: Go reads both as empty. */
import * as v from 'valibot';
import { parseDuration } from '../../formats/duration.ts';

type Schema = v.GenericSchema;
type Fields = Readonly<Record<string, Schema>>;

/** Texts of rules that need more than a type. They end up in problems, after the field and its value. */
export const formRules = {
  duration: 'durations are written like 1h30m, 90s or 0; a number needs its unit (ns, us, ms, s, m, h)',
  integer: 'must be a whole number',
  int32: 'must be between -2147483648 and 2147483647',
  token: 'tokens have the form \\A([a-z0-9]{6})\\.([a-z0-9]{16})\\z, such as abcdef.0123456789abcdef',
  time: 'times are written as in RFC 3339, such as 2030-01-01T00:00:00Z',
} as const;

/** What the published JSON Schemas say of a field beside its type; the loader does not look at it. */
export interface FieldNotes {
  /** The words that a rule accepts here, beside the empty text. */
  readonly words?: readonly string[];
  /** Form of a text whose exact check is a function. */
  readonly pattern?: string;
}

/** Attaches the sentence that editors and the reference show for a field. */
function described<const S extends Schema>(schema: S, about: string, notes: FieldNotes = {}): S {
  // The type stays that of the schema: what is attached does not change what it accepts.
  return v.pipe(schema, v.description(about), v.metadata({ ...notes })) as unknown as S;
}

export const text = (about: string) => described(v.nullish(v.string()), about);
/** One of `words`. A rule reports others, with the word that was probably meant. */
export const word = (about: string, words: readonly string[]) => described(v.nullish(v.string()), about, { words });
export const flag = (about: string) => described(v.nullish(v.boolean()), about);
export const int32 = (about: string) =>
  described(
    v.nullish(
      v.pipe(v.number(), v.integer(formRules.integer), v.minValue(-(2 ** 31), formRules.int32), v.maxValue(2 ** 31 - 1, formRules.int32)),
    ),
    about,
  );

/** Form of a duration, as a regular expression. */
export const durationPattern = '^[+-]?(0|((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))+)$';

/** A duration in Go's notation; the empty text is not one. */
export const duration = (about: string) =>
  described(v.nullish(v.pipe(v.string(), v.check(isDuration, formRules.duration))), about, { pattern: durationPattern });

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
export const time = (about: string) =>
  described(v.nullish(v.pipe(v.string(), v.check(isTime, formRules.time))), about, { pattern: rfc3339.source });

const tokenPattern = /^[a-z0-9]{6}\.[a-z0-9]{16}$/;

/** A bootstrap token; kubeadm refuses a malformed one while it reads the document. */
export const token = (about: string) => described(v.nullish(v.pipe(v.string(), v.regex(tokenPattern, formRules.token))), about);

/** Whether `value` has the form of a bootstrap token, for fields that are checked after the defaults. */
export function isToken(value: string): boolean {
  return tokenPattern.test(value);
}

/** What a bootstrap token looks like, as the end of a sentence. */
export const tokenForm: string = formRules.token;

/** A list of texts; null elements are empty texts. */
export const texts = (about: string) => described(v.nullish(v.array(v.nullish(v.string(), ''))), about);
/** A list of which each element is one of `words`. */
export const wordList = (about: string, words: readonly string[]) =>
  described(v.nullish(v.array(described(v.nullish(v.string(), ''), '', { words }))), about);
export const list = <const S extends Schema>(item: S, about: string) => described(v.nullish(v.array(v.nullish(item, {}))), about);
export const textMap = (about: string) => described(v.nullish(v.record(v.string(), v.nullish(v.string(), ''))), about);
export const flagMap = (about: string) => described(v.nullish(v.record(v.string(), v.nullish(v.boolean(), false))), about);

/** An object that the tool passes on without knowing its fields. */
export const anything = (about: string) => described(v.nullish(v.record(v.string(), v.unknown())), about);
export const nested = <const S extends Schema>(schema: S, about: string) => described(v.nullish(schema), about);

/** A whole document: `fields` and the two words that name it. */
export const documentOf = <const F extends Fields>(fields: F) =>
  v.object({ apiVersion: text('Group and version of the document.'), kind: text('Kind of the document.'), ...fields });

function isDuration(value: string): boolean {
  return parseDuration(value) !== undefined;
}

function isTime(value: string): boolean {
  return rfc3339.test(value) && !Number.isNaN(Date.parse(value));
}
