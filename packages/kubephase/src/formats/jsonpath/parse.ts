/** Reads a JSONPath template: texts, and actions in braces such as `{.items[0].name}`. */
import { TemplateFault, unquote } from '../go-text.ts';
import { closingBracket, endOfQuoted, skipNested, sliceSource, splitSource, trimSource, type Source } from './source.ts';
import { operators, type Filter, type Items, type Operator, type Part, type Step, type Template } from './tree.ts';

/**
 * Reads a template in the dialect of kubectl. A range without `{end}` reaches to the end of the template.
 * @throws TemplateFault
 * @see https://kubernetes.io/docs/reference/kubectl/jsonpath/
 */
export function parseJsonPath(text: string): Template {
  const top: Part[] = [];
  const bodies = [top];
  for (const piece of pieces({ text, offset: 0 })) {
    const body = bodies.at(-1) ?? top;
    if (typeof piece === 'string') body.push({ kind: 'text', text: piece });
    else if (/^end$/.test(piece.text)) closeRange(bodies, piece);
    else if (/^range(?![\p{L}\p{N}_])/u.test(piece.text)) bodies.push(openRange(body, piece));
    else body.push({ kind: 'print', steps: readSteps(piece) });
  }
  return top;
}

function openRange(body: Part[], piece: Source): Part[] {
  const inner: Part[] = [];
  body.push({ kind: 'range', steps: readSteps(sliceSource(piece, 'range'.length)), body: inner });
  return inner;
}

function closeRange(bodies: Part[][], piece: Source): void {
  if (bodies.length === 1) throw new TemplateFault('"end" closes no range', piece.offset);
  bodies.pop();
}

/** Texts as strings, and the insides of braces. */
function pieces(source: Source): readonly (string | Source)[] {
  const found: (string | Source)[] = [];
  let index = 0;
  while (index < source.text.length) {
    const open = source.text.indexOf('{', index);
    if (open !== index) found.push(source.text.slice(index, open === -1 ? undefined : open));
    if (open === -1) break;
    const close = closingBracket(source, open);
    found.push(trimSource(sliceSource(source, open + 1, close)));
    index = close + 1;
  }
  return found;
}

/** What was read, and the index behind it. No step: the text means nothing, like blanks and `$`. */
interface Reading {
  readonly step?: Step;
  readonly end: number;
}

type Reader = (source: Source, index: number) => Reading;

/** Reader by the first characters; the first row that fits counts. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  // Paths begin at the current value anyhow, so `$` and `@` mean the same.
  [/[\s$@]/y, (_source, index) => ({ end: index + 1 })],
  [/["']/y, readText],
  [/\[/y, readBracketed],
  [/\.\./y, readDescendants],
  [/\./y, (source, index) => readField(source, index + 1)],
  [/[-+]?\d/y, readNumber],
  [/[\p{L}_]/uy, readWord],
];

/**
 * Reads steps up to the end of `source`. An empty source has none, so that it finds the current value.
 * @throws TemplateFault
 */
function readSteps(source: Source): readonly Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < source.text.length;) {
    const { step, end } = readerAt(source, index)(source, index);
    if (step !== undefined) steps.push(step);
    index = end;
  }
  return steps;
}

function readerAt(source: Source, index: number): Reader {
  for (const [start, reader] of readers) {
    start.lastIndex = index;
    if (start.test(source.text)) return reader;
  }
  throw new TemplateFault(`"${source.text.charAt(index)}" has no meaning here`, source.offset + index);
}

function readText(source: Source, index: number): Reading {
  const end = endOfQuoted(source, index);
  return { step: { kind: 'literal', value: unquote(source.text.slice(index, end), source.offset + index) }, end };
}

function readBracketed(source: Source, index: number): Reading {
  const end = closingBracket(source, index);
  return { step: readBrackets(sliceSource(source, index + 1, end)), end: end + 1 };
}

/** The second dot of `..name` is left for the field. */
function readDescendants(source: Source, index: number): Reading {
  const next = source.text.charAt(index + 2);
  if (next === '.') throw new TemplateFault('"..." has no meaning', source.offset + index);
  return { step: { kind: 'descendants' }, end: /[\p{L}\p{N}_*\\]/u.test(next) ? index + 1 : index + 2 };
}

const fieldName = /(?:\\.|[^\s.,[\]$@{}\\])*/suy;

function readField(source: Source, index: number): Reading {
  fieldName.lastIndex = index;
  const written = fieldName.exec(source.text)?.[0] ?? '';
  const end = index + written.length;
  if (written === '*') return { step: { kind: 'everything' }, end };
  return { step: { kind: 'field', name: written.replace(/\\(.)/gs, '$1'), offset: source.offset + index }, end };
}

function readNumber(source: Source, index: number): Reading {
  const written = /^[-+]?[\d.]+/.exec(source.text.slice(index))?.[0] ?? '';
  const value = Number(written);
  if (Number.isNaN(value)) throw new TemplateFault(`"${written}" is not a number`, source.offset + index);
  return { step: { kind: 'literal', value }, end: index + written.length };
}

function readWord(source: Source, index: number): Reading {
  const word = /^[\p{L}\p{N}_]+/u.exec(source.text.slice(index))?.[0] ?? '';
  if (word !== 'true' && word !== 'false') {
    throw new TemplateFault(`"${word}" is neither a text in quotes nor a path; a path begins with a dot`, source.offset + index);
  }
  return { step: { kind: 'literal', value: word === 'true' }, end: index + word.length };
}

/** Reads the inside of one pair of brackets. */
function readBrackets(inside: Source): Step {
  if (inside.text.startsWith('?')) return readFilter(inside);
  const members = splitSource(inside, ',').map((member) => readMember(trimSource(member)));
  const [first] = members;
  if (members.length > 1) return { kind: 'union', members };
  return first?.length === 1 && first[0] !== undefined ? first[0] : { kind: 'union', members };
}

/** A name may be a path, so that `['a.b']` is `b` of `a`; a dot of a name needs a backslash. */
function readMember(member: Source): readonly Step[] {
  if (member.text === '*') return [{ kind: 'items', single: false, offset: member.offset }];
  if (/^(["']).*\1$/s.test(member.text)) return readSteps({ text: `.${member.text.slice(1, -1)}`, offset: member.offset });
  return [readItems(member)];
}

const slice = /^(?<from>-?\d*)(?<to>:-?\d*)?(?<step>:-?\d*)?$/;

function readItems({ text, offset }: Source): Items {
  const groups = slice.exec(text)?.groups;
  if (groups === undefined) throw new TemplateFault(`"${text}" is neither an index nor a slice nor a name in quotes`, offset);
  const { from, to, step } = groups;
  const single = to === undefined;
  return { kind: 'items', ...bound('from', from), ...bound('to', to?.slice(1)), ...bound('step', step?.slice(1)), single, offset };
}

function bound(name: 'from' | 'to' | 'step', digits: string | undefined): { readonly [key in typeof name]?: number } {
  return digits === undefined || !/\d/.test(digits) ? {} : { [name]: Number(digits) };
}

function readFilter(inside: Source): Filter {
  const { offset } = inside;
  if (!/^\?\(.*\)$/s.test(inside.text)) throw new TemplateFault('a filter has the form ?(…)', offset);
  const condition = sliceSource(inside, 2, -1);
  const place = operatorPlace(condition);
  if (place === undefined) return { kind: 'filter', left: readSteps(condition), offset };
  const sides = [sliceSource(condition, 0, place.start), sliceSource(condition, place.end)] as const;
  if (sides.some((side) => side.text.trim() === '')) throw new TemplateFault('a comparison needs a value on each side', offset);
  const [left, right] = [readSteps(sides[0]), readSteps(sides[1])];
  return { kind: 'filter', left, comparison: { operator: place.operator, right }, offset };
}

interface OperatorPlace {
  readonly operator: Operator;
  readonly start: number;
  readonly end: number;
}

function operatorPlace(condition: Source): OperatorPlace | undefined {
  for (let start = 0; start < condition.text.length; start += 1) {
    const found = /^[!<>=~&|]+/.exec(condition.text.slice(start))?.[0];
    if (found !== undefined) return { operator: checkOperator(found, condition.offset + start), start, end: start + found.length };
    start = skipNested(condition, start);
  }
  return undefined;
}

function checkOperator(found: string, offset: number): Operator {
  const operator = operators.find((candidate) => candidate === found);
  if (operator === undefined) throw new TemplateFault(`a filter knows ${operators.join(', ')} and no "${found}"`, offset);
  return operator;
}
