/** The lists of help: two columns, for flags, phases and needs. */
import type { Command, Option } from 'commander';
import type { Flag, FlagValue } from '../flags.ts';
import type { Phase } from '../phase.ts';
import { makersIn, resolveNeed } from '../results.ts';
import { findPhase, flatten, subtreeOf, type FlatPhase } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import { flagOf, optionsOf } from './options.ts';
import { placeholderOf, shellText } from './text.ts';
import { valueText } from './values.ts';

/** A list item: what is typed, what it means, and how far it stands to the right of its list. */
export interface Row {
  readonly term: string;
  readonly text: string;
  readonly indent?: number;
}

/** Blanks in front of every line of a section. */
const margin = 2;
/** Blanks between the columns. */
const gap = 2;
/** Narrower than this, the description goes below the term. */
const narrowest = 30;

/** Breaks `text` at blanks so that lines have at most `width` cells; its own line breaks are kept. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

/** The rows of one section. The second column starts at the same distance from each term, so it moves with `indent`. */
export function columns(rows: readonly Row[], width: number): readonly string[] {
  const termWidth = Math.max(0, ...rows.map(({ term }) => term.length));
  return rows.flatMap((row) => formatRow(row, termWidth, width));
}

/** `lines` with the margin of a section. */
export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(margin)}${line}`));
}

function formatRow({ term, text, indent = 0 }: Row, termWidth: number, width: number): readonly string[] {
  const start = margin + indent;
  const column = start + termWidth + gap;
  if (text === '') return [`${' '.repeat(start)}${term}`];
  const below = width - column < narrowest;
  const hang = ' '.repeat(below ? start + 4 : column);
  const lines = wrap(text, Math.max(narrowest, width - hang.length));
  if (below) return [`${' '.repeat(start)}${term}`, ...lines.map((line) => `${hang}${line}`)];
  const [first = '', ...more] = lines;
  return [`${' '.repeat(start)}${term.padEnd(termWidth + gap)}${first}`, ...more.map((line) => `${hang}${line}`)];
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && longer.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
}

/** A row with the name that it is sorted by. */
interface FlagRow extends Row {
  readonly name: string;
}

/** Rows for the visible flags of `command` itself, and for those that it has from its parents. */
export function flagRows(command: Command): { readonly own: readonly Row[]; readonly inherited: readonly Row[] } {
  const visible = optionsOf(command).filter(({ option }) => !option.hidden);
  const own = visible.filter(({ owner }) => owner === command).map(({ option }) => optionRow(option));
  const inherited = visible.filter(({ owner }) => owner !== command).map(({ option }) => optionRow(option));
  return { own: [...own, helpRow].sort(byName), inherited: inherited.sort(byName) };
}

const helpRow: FlagRow = { name: 'help', term: '-h, --help', text: shellText.helpFlag };

function optionRow(option: Option): FlagRow {
  const flag = flagOf(option) ?? asFlag(option);
  const value = placeholderOf(flag);
  return { name: option.name(), term: value === '' ? optionNames(option) : `${optionNames(option)} ${value}`, text: flagText(flag) };
}

/** What help needs of an option that the application made itself. */
function asFlag(option: Option): Flag {
  const placeholder = /<(.*)>/.exec(option.flags)?.[1] ?? /\[.*\]/.exec(option.flags)?.[0];
  const { description, argChoices, defaultValue } = option;
  return {
    name: option.name(),
    type: placeholder === undefined ? 'boolean' : 'string',
    description,
    default: defaultValue as FlagValue,
    ...(argChoices === undefined ? { placeholder: placeholder ?? '' } : { choices: argChoices }),
  };
}

/** `-o, --output`; four blanks stand for a missing letter, so that all long names are below each other. */
function optionNames({ short, long }: Option): string {
  if (long === undefined) return short ?? '';
  if (short === undefined) return `    ${long}`;
  return short.startsWith('--') ? `    ${long}, ${short}` : `${short}, ${long}`;
}

function flagText(flag: Flag): string {
  const value = defaultText(flag.default);
  const marks = [
    ...(value === '' ? [] : [shellText.defaultMark(value)]),
    ...(flag.deprecated === undefined ? [] : [shellText.deprecatedMark(flag.deprecated)]),
  ];
  return [flag.description, ...marks].join(' ');
}

/** Empty for values that say nothing: empty, false, zero. */
function defaultText(value: FlagValue | undefined): string {
  return value === undefined || value === false || value === 0 ? '' : valueText(value);
}

function byName(one: FlagRow, other: FlagRow): number {
  return one.name < other.name ? -1 : 1;
}

/**
 * Rows for the visible phases of `workflow`, or for the phase at `root` with everything below it. A child is written
 * `/name` below its parent; below a hidden parent, which has no line, it is written with its full path.
 */
export function phaseRows(workflow: Workflow<never>, root?: string): readonly Row[] {
  const phases = subtree(workflow, root);
  const top = phases[0]?.depth ?? 0;
  const indents = new Map<string, number>();
  const rows: Row[] = [];
  for (const { path, depth, parent, phase } of phases) {
    if (phase.hidden === true) continue;
    const above = parent === undefined ? undefined : indents.get(parent);
    const isTop = depth === top;
    const indent = above === undefined ? 0 : above + 2;
    indents.set(path, indent);
    rows.push({ term: phaseTerm(phase, { path, isTop, below: above !== undefined }), text: phaseText(phase), indent });
  }
  return rows;
}

/** Summary of `phase` with the condition under which it belongs to a run. */
function phaseText(phase: Phase<never>): string {
  return phase.include === undefined ? phase.summary : `${phase.summary} ${shellText.onlyMark(phase.include.only)}`;
}

/** Rows for what has to be done, or be there, before the phase at `place`. */
export function needRows(workflow: Workflow<never>, place: FlatPhase): readonly Row[] {
  const makers = makersIn(workflow);
  return (place.phase.needs ?? []).map((need) => {
    const { phases, result = '', or } = resolveNeed(makers, place, need);
    return { term: phases.join(', ') || result, text: or === undefined ? '' : shellText.orElse(or) };
  });
}

function phaseTerm(phase: Phase<never>, place: { readonly path: string; readonly isTop: boolean; readonly below: boolean }): string {
  if (place.isTop) return phase.name;
  return place.below ? `/${phase.name}` : place.path;
}

function subtree(workflow: Workflow<never>, root: string | undefined): readonly FlatPhase[] {
  const found = root === undefined ? undefined : findPhase(workflow, root);
  return found === undefined ? flatten(workflow) : subtreeOf(workflow, found);
}
