/** Building blocks of the schemas of configuration documents. Every field may be absent or null: Go reads both as empty. */
import * as v from 'valibot';
import { parseDuration } from '../../formats/duration/duration.ts';

type Schema = v.GenericSchema;
type Fields = Readonly<Record<string, Schema>>;

/** Texts of rules that need more than a type. They end up in problems, after the field and its value. */
const formRules = {
  duration: 'durations are written like 1h30m, 90s or 0; a number needs its unit (ns, us, ms, s, m, h)',
  integer: 'must be a whole number',
  int32: 'must be between -2147483648 and 2147483647',
  token: 'tokens have the form \\A([a-z0-9]{6})\\.([a-z0-9]{16})\\z, such as abcdef.0123456789abcdef',
  time: 'times are written as in RFC 3339, such as 2030-01-01T00:00:00Z',
} as const;

export const text = () => v.nullish(v.string());
export const flag = () => v.nullish(v.boolean());
export const int32 = () =>
  v.nullish(
    v.pipe(v.number(), v.integer(formRules.integer), v.minValue(-(2 ** 31), formRules.int32), v.maxValue(2 ** 31 - 1, formRules.int32)),
  );

/** A duration in Go's notation; the empty text is not one. */
export const duration = () => v.nullish(v.pipe(v.string(), v.check(isDuration, formRules.duration)));
export const time = () => v.nullish(v.pipe(v.string(), v.check(isTime, formRules.time)));

const tokenPattern = /^[a-z0-9]{6}\.[a-z0-9]{16}$/;
export const token = () => v.nullish(v.pipe(v.string(), v.regex(tokenPattern, formRules.token)));

/** A list of texts; null elements are empty texts. */
export const texts = () => v.nullish(v.array(v.nullish(v.string(), '')));
export const list = <const S extends Schema>(item: S) => v.nullish(v.array(v.nullish(item, {})));
export const textMap = () => v.nullish(v.record(v.string(), v.nullish(v.string(), '')));
export const flagMap = () => v.nullish(v.record(v.string(), v.nullish(v.boolean(), false)));

/** An object that the tool passes on without knowing its fields. */
export const anything = () => v.nullish(v.record(v.string(), v.unknown()));
export const nested = <const S extends Schema>(schema: S) => v.nullish(schema);

/** A whole document: `fields` and the two words that name it. */
export const documentOf = <const F extends Fields>(fields: F) => v.object({ apiVersion: text(), kind: text(), ...fields });

function isDuration(value: string): boolean {
  return parseDuration(value) !== undefined;
}

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function isTime(value: string): boolean {
  return rfc3339.test(value) && !Number.isNaN(Date.parse(value));
}
