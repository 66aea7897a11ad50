/** Prints problems for people: what is wrong, where, why, what mends it, and the code to look up. */
import type { Evidence, Location, Problem } from '../problems.ts';
import { createPaint, type Paint } from './style.ts';
import { oneLine, textLines } from './text.ts';

export interface ProblemFormat {
  /** Use terminal colours. Default false. */
  readonly colour?: boolean;
  /** Add the stack of the innermost error. Default false. */
  readonly stack?: boolean;
}

/** Returns one problem as several lines: `error: <summary>` and an indented line for each thing known. Ends with a newline. */
export function formatProblem(problem: Problem, format: ProblemFormat = {}): string {
  const paint = createPaint(format.colour ?? false);
  const [first = '', ...more] = textLines(problem.summary);
  const head = `${paint('red', paint('bold', 'error:'))} ${first}`;
  return toText([head, ...indent([...more, ...details(problem, paint, format)], '  ')]);
}

/** Like `formatProblem`; several problems are counted in the first line and numbered. Empty for no problems. */
export function formatProblems(problems: readonly Problem[], format: ProblemFormat = {}): string {
  const [first, ...others] = problems;
  if (first === undefined) return '';
  if (others.length === 0) return formatProblem(first, format);
  const paint = createPaint(format.colour ?? false);
  const lines = [`${paint('red', paint('bold', 'error:'))} ${problems.length} problems`];
  const width = String(problems.length).length;
  for (const [index, problem] of problems.entries()) {
    const number = `${String(index + 1).padStart(width)}. `;
    const [head = '', ...more] = textLines(problem.summary);
    lines.push(`  ${number}${paint('bold', head)}`);
    lines.push(...indent([...more, ...details(problem, paint, format)], ' '.repeat(2 + number.length)));
  }
  return toText(lines);
}

function details(problem: Problem, paint: Paint, format: ProblemFormat): readonly string[] {
  const lines = [...places(problem.where)];
  if (problem.detail !== undefined) lines.push(...textLines(problem.detail));
  for (const cause of newCauses(problem)) lines.push(`caused by: ${cause}`);
  lines.push(...(problem.evidence ?? []).flatMap(block));
  if (problem.remedy !== undefined) lines.push(...labelled(paint('green', 'remedy:'), problem.remedy));
  if (problem.command !== undefined) lines.push(...labelled(paint('green', 'run:'), problem.command));
  lines.push(paint('dim', `code: ${oneLine(problem.code)}`));
  if (format.stack === true) lines.push(...stackLines(problem.cause).map((line) => paint('dim', line)));
  return lines;
}

function places(where: Location | undefined): readonly string[] {
  if (where === undefined) return [];
  const lines: string[] = [];
  const field = where.field === undefined ? '' : oneLine(where.field);
  if (where.file !== undefined) {
    const position = [oneLine(where.file), where.line, where.line === undefined ? undefined : where.column];
    const file = position.filter((part) => part !== undefined).join(':');
    lines.push(field === '' ? `at ${file}` : `at ${file} (${field})`);
  } else if (field !== '') {
    lines.push(`at field ${field}`);
  }
  if (where.object !== undefined) lines.push(`at ${oneLine(where.object)}`);
  if (where.phase !== undefined) lines.push(`in phase ${oneLine(where.phase)}`);
  return lines;
}

/** Messages down the chain of causes that are not already part of what is printed. */
function newCauses(problem: Problem): readonly string[] {
  const printed = [problem.summary, problem.detail ?? ''].map(oneLine);
  const added: string[] = [];
  for (const cause of causeChain(problem.cause)) {
    const message = oneLine(messageOf(cause)).trim();
    if (message === '' || [...printed, ...added].some((text) => text.includes(message))) continue;
    added.push(message);
  }
  return added;
}

/** What a cause says; empty when it is an object that says nothing in words. */
function messageOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null) return String(cause);
  const message = (cause as { readonly message?: unknown }).message;
  return typeof message === 'string' ? message : '';
}

/** The cause, its cause and so on; ends at a circle. */
function causeChain(cause: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  let current = cause;
  while (current !== undefined && current !== null && !chain.includes(current)) {
    chain.push(current);
    current = current instanceof Error ? current.cause : undefined;
  }
  return chain;
}

function stackLines(cause: unknown): readonly string[] {
  const innermost = causeChain(cause).findLast((item) => item instanceof Error);
  return innermost?.stack === undefined ? [] : textLines(innermost.stack);
}

function block({ title, lines }: Evidence): readonly string[] {
  return [`${oneLine(title)}:`, ...indent(lines.flatMap(textLines), '  ')];
}

function labelled(label: string, text: string): readonly string[] {
  const [first = '', ...more] = textLines(text);
  return [`${label} ${first}`, ...indent(more, '  ')];
}

function indent(lines: readonly string[], blanks: string): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `${blanks}${line}`));
}

function toText(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
