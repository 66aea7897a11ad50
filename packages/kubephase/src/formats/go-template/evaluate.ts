/** Finds the values of pipelines. */
import { fieldOf, isMapping } from '../data/mapping.ts';
import { TemplateFault } from '../go-text.ts';
import { functions } from './functions.ts';
import type { Command, Operand, Pipeline } from './tree.ts';
import { isTrue, kindOf } from './value.ts';

export interface EvaluateOptions {
  /** False makes a member that an object does not have a fault. */
  readonly allowMissingKeys: boolean;
}

export interface Variable {
  readonly name: string;
  value: unknown;
}

/** What an expression can see. */
export interface Frame {
  readonly dot: unknown;
  /** Innermost last; blocks drop theirs at their end. */
  readonly variables: Variable[];
  readonly options: EvaluateOptions;
}

/** Undefined stands for what is missing, null for null. */
export function evaluatePipeline(frame: Frame, pipeline: Pipeline): unknown {
  const value = pipeline.commands.reduce<readonly unknown[]>((piped, command) => [evaluateCommand(frame, command, piped)], [])[0];
  for (const name of pipeline.variables) setVariable(frame, { name, value }, pipeline.assigns);
  return value;
}

/** Declares a variable, or changes the innermost of its name. */
export function setVariable({ variables }: Frame, variable: Variable, assigns: boolean): void {
  const existing = assigns ? variables.findLast(({ name }) => name === variable.name) : undefined;
  if (existing === undefined) variables.push(variable);
  else existing.value = variable.value;
}

/** @param piped the value of the command in front, if there is one */
function evaluateCommand(frame: Frame, { first, rest }: Command, piped: readonly unknown[]): unknown {
  if (first.term.kind === 'function') return callFunction(frame, first, { operands: rest, piped });
  if (rest.length > 0 || piped.length > 0) throw new TemplateFault('only functions take arguments', first.offset);
  if (first.term.kind === 'nil') throw new TemplateFault('nil can only be an argument', first.offset);
  return evaluateOperand(frame, first);
}

interface Arguments {
  readonly operands: readonly Operand[];
  readonly piped: readonly unknown[];
}

function callFunction(frame: Frame, { term, offset }: Operand, { operands, piped }: Arguments): unknown {
  const name = term.kind === 'function' ? term.name : '';
  const called = functions[name];
  const count = operands.length + piped.length;
  if (called === undefined || count < called.least || count > called.most) {
    throw new TemplateFault(`${name} cannot take ${count} arguments`, offset);
  }
  if (called.apply === undefined) return decide(frame, name === 'and', { operands, piped });
  return called.apply([...operands.map((operand) => evaluateOperand(frame, operand)), ...piped], offset);
}

/** `and` ends at the first false value, `or` at the first true one; the rest is not looked at. */
function decide(frame: Frame, goesOnWhile: boolean, { operands, piped }: Arguments): unknown {
  let value: unknown;
  for (const operand of operands) {
    value = evaluateOperand(frame, operand);
    if (isTrue(value) !== goesOnWhile) return value;
  }
  return piped.length > 0 ? piped[0] : value;
}

function evaluateOperand(frame: Frame, operand: Operand): unknown {
  return operand.fields.reduce((value, field) => member(value, field, frame.options), evaluateTerm(frame, operand));
}

function evaluateTerm(frame: Frame, operand: Operand): unknown {
  const { term } = operand;
  switch (term.kind) {
    case 'dot':
      return frame.dot;
    case 'nil':
      return null;
    case 'constant':
      return term.value;
    case 'variable':
      return frame.variables.findLast(({ name }) => name === term.name)?.value;
    case 'function':
      return callFunction(frame, operand, { operands: [], piped: [] });
    case 'pipeline':
    default:
      return evaluatePipeline(frame, term.pipeline);
  }
}

/** A member of what is missing is missing too; a member of null, a list or a scalar is a fault. */
function member(value: unknown, { name, offset }: Operand['fields'][number], { allowMissingKeys }: EvaluateOptions): unknown {
  if (value === undefined && allowMissingKeys) return undefined;
  if (!isMapping(value)) throw new TemplateFault(`.${name} is asked of ${kindOf(value)}, which has no members`, offset);
  const found = fieldOf(value, name);
  if (found === undefined && !allowMissingKeys) throw new TemplateFault(`there is no member .${name}`, offset);
  return found;
}
