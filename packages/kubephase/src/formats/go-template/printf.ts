/** Formats values with the verbs of Go's `printf`. */
import { TemplateFault } from '../go-text/fault.ts';
import { kindOf, printValue } from './value.ts';
import { printWithVerb, type Directive } from './verbs.ts';

const directive = /%(?<flags>[-+# 0]*)(?<width>\d*)(?:\.(?<precision>\d*))?(?<verb>.?)/gsu;
/** Wider columns are a mistake, and must not exhaust the memory. */
const maxWidth = 1000;
const maxPrecision = 100;

/**
 * Returns `format` with its verbs replaced. As in Go, a verb that does not fit its value, a missing and a surplus value
 * become marks in the text, such as `%!d(string=a)`. Whole numbers may be printed by the verbs for broken ones, which Go marks.
 * @throws TemplateFault for `%#…`, `%*d`, `%[1]d`, `%e` and other verbs that exist in Go but not here
 * @see https://pkg.go.dev/fmt
 */
export function printf(format: unknown, values: readonly unknown[], offset: number): string {
  if (typeof format !== 'string') throw new TemplateFault('the first argument of printf is a text', offset);
  let used = 0;
  const text = format.replace(directive, (...match: unknown[]) => {
    const found = toDirective(match.at(-1) as Readonly<Record<string, string | undefined>>, offset);
    if (found.verb === '%') return '%';
    if (found.verb === '') return '%!(NOVERB)';
    used += 1;
    return used > values.length ? `%!${found.verb}(MISSING)` : printWithVerb(values[used - 1], found, offset);
  });
  const surplus = values.slice(used).map((value) => (kindOf(value) === 'nil' ? '<nil>' : `${kindOf(value)}=${printValue(value)}`));
  return surplus.length === 0 ? text : `${text}%!(EXTRA ${surplus.join(', ')})`;
}

function toDirective(groups: Readonly<Record<string, string | undefined>>, offset: number): Directive {
  const { flags = '', width = '', precision, verb = '' } = groups;
  if (flags.includes('#') || /[*[eEFGOpTUw]/.test(verb)) throw new TemplateFault(`printf does not offer %${flags}${verb} here`, offset);
  return {
    flags,
    width: readCount(width, maxWidth, offset),
    precision: precision === undefined ? undefined : readCount(precision, maxPrecision, offset),
    verb,
  };
}

function readCount(digits: string, most: number, offset: number): number {
  if (Number(digits) > most) throw new TemplateFault(`printf: ${digits} is more than ${most}`, offset);
  return Number(digits);
}
