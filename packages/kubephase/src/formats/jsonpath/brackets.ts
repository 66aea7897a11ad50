/** Reads what stands in square brackets: indexes, slices, names, unions and filters. */
import { TemplateFault } from '../go-text/fault.ts';
import { sliceSource, skipNested, splitSource, trimSource, type Source } from './source.ts';
import { operators, type Filter, type Items, type Operator, type Step } from './tree.ts';

/** Reads steps; handed in, because names and filters hold paths again. */
export type ReadSteps = (source: Source) => readonly Step[];

/** Reads the inside of one pair of brackets. */
export function readBrackets(inside: Source, readSteps: ReadSteps): Step {
  if (inside.text.startsWith('?')) return readFilter(inside, readSteps);
  const members = splitSource(inside, ',').map((member) => readMember(trimSource(member), readSteps));
  const [first] = members;
  if (members.length > 1) return { kind: 'union', members };
  return first?.length === 1 && first[0] !== undefined ? first[0] : { kind: 'union', members };
}

/** A name may be a path, so that `['a.b']` is `b` of `a`; a dot of a name needs a backslash. */
function readMember(member: Source, readSteps: ReadSteps): readonly Step[] {
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

function readFilter(inside: Source, readSteps: ReadSteps): Filter {
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
