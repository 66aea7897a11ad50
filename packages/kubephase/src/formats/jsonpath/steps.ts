/** Reads the inside of braces, such as `.items[0].name`, as steps. */
import { TemplateFault } from '../go-text/fault.ts';
import { unquote } from '../go-text/unquote.ts';
import { readBrackets } from './brackets.ts';
import { closingBracket, endOfQuoted, sliceSource, type Source } from './source.ts';
import type { Step } from './tree.ts';

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
export function readSteps(source: Source): readonly Step[] {
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
  return { step: readBrackets(sliceSource(source, index + 1, end), readSteps), end: end + 1 };
}

/** The second dot of `..name` is left for the field. */
function readDescendants(source: Source, index: number): Reading {
  const next = source.text.charAt(index + 2);
  if (next === '.') throw new TemplateFault('"..." has no meaning', source.offset + index);
  return { step: { kind: 'descendants' }, end: /[\p{L}\p{N}_*\\]/u.test(next) ? index + 1 : index + 2 };
}

const name = /(?:\\.|[^\s.,[\]$@{}\\])*/suy;

function readField(source: Source, index: number): Reading {
  name.lastIndex = index;
  const written = name.exec(source.text)?.[0] ?? '';
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
