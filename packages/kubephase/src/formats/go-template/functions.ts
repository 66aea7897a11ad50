/** The functions of templates: those of Go that outputs need, and those that kubectl adds. */
import { TemplateFault } from '../go-text.ts';
import { equals, exists, indexValue, isLess, isTrue, lengthOf, printValue, sliceValue } from './value.ts';
import { printf } from './printf.ts';

/** @throws TemplateFault at `offset` */
export type Apply = (args: readonly unknown[], offset: number) => unknown;

export interface TemplateFunction {
  /** Bounds of the number of arguments. */
  readonly least: number;
  readonly most: number;
  /** Undefined for `and` and `or`, which leave arguments unread. */
  readonly apply: Apply | undefined;
}

const any = Number.POSITIVE_INFINITY;

export const functions: Readonly<Record<string, TemplateFunction>> = {
  and: { least: 1, most: any, apply: undefined },
  or: { least: 1, most: any, apply: undefined },
  not: { least: 1, most: 1, apply: ([value]) => !isTrue(value) },
  eq: { least: 2, most: any, apply: ([first, ...others], offset) => others.some((other) => equals(first, other, offset)) },
  ne: { least: 2, most: 2, apply: ([first, second], offset) => !equals(first, second, offset) },
  lt: { least: 2, most: 2, apply: ([first, second], offset) => isLess(first, second, offset) },
  le: { least: 2, most: 2, apply: ([first, second], offset) => !isLess(second, first, offset) },
  gt: { least: 2, most: 2, apply: ([first, second], offset) => isLess(second, first, offset) },
  ge: { least: 2, most: 2, apply: ([first, second], offset) => !isLess(first, second, offset) },
  len: { least: 1, most: 1, apply: ([value], offset) => lengthOf(value, offset) },
  index: { least: 1, most: any, apply: ([value, ...keys], offset) => keys.reduce((found, key) => indexValue(found, key, offset), value) },
  slice: { least: 1, most: 4, apply: ([value, ...bounds], offset) => sliceValue(value, bounds, offset) },
  exists: { least: 1, most: any, apply: ([value, ...keys]) => exists(value, keys) },
  print: { least: 0, most: any, apply: (values) => print(values) },
  println: { least: 0, most: any, apply: (values) => `${values.map((value) => printValue(value)).join(' ')}\n` },
  printf: { least: 1, most: any, apply: ([format, ...values], offset) => printf(format, values, offset) },
  base64decode: { least: 1, most: 1, apply: ([text], offset) => decodeBase64(text, offset) },
};

/** Functions of Go that make HTML, JavaScript or addresses, or call methods: no output needs them. */
export const missingFunctions: readonly string[] = ['html', 'js', 'urlquery', 'call'];

/** A blank stands between two values of which neither is a text. */
function print(values: readonly unknown[]): string {
  const separators = values.map((value, index) => (index > 0 && ![value, values[index - 1]].some(isText) ? ' ' : ''));
  return values.map((value, index) => `${separators[index] ?? ''}${printValue(value)}`).join('');
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function decodeBase64(text: unknown, offset: number): string {
  const isBase64 = typeof text === 'string' && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
  if (!isBase64) throw new TemplateFault('base64decode needs a text in base64 with padding', offset);
  return Buffer.from(text, 'base64').toString();
}
