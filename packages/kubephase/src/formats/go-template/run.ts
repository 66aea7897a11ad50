/** Applies a Go template to an object. */
import { isMapping, sortedEntries } from '../data/mapping.ts';
import { TemplateFault } from '../go-text.ts';
import { evaluatePipeline, setVariable, type EvaluateOptions, type Frame } from './evaluate.ts';
import type { Body, Branch, Call, Node, Pipeline, Template } from './tree.ts';
import { isTrue, kindOf, printValue } from './value.ts';

interface Run {
  readonly template: Template;
  readonly printed: string[];
  /** Calls of templates around the place. */
  readonly depth: number;
}

/** Whether the body ended early, and what the range around it has to do. */
type Ending = 'break' | 'continue' | undefined;

/** A template that calls itself must not exhaust the stack. */
const maxDepth = 500;

/**
 * Returns what `template` prints for `data`, plain JSON data. What is missing or null prints `<no value>`.
 * @throws TemplateFault
 */
export function runTemplate(template: Template, data: unknown, options: EvaluateOptions): string {
  const run: Run = { template, printed: [], depth: 0 };
  runBody(run, frameOf(data, options), template.body);
  return run.printed.join('');
}

function frameOf(data: unknown, options: EvaluateOptions): Frame {
  return { dot: data, variables: [{ name: '$', value: data }], options };
}

/** Variables of the body end with it. */
function runBody(run: Run, frame: Frame, body: Body): Ending {
  const { length } = frame.variables;
  let ending: Ending;
  for (const node of body) {
    ending = runNode(run, frame, node);
    if (ending !== undefined) break;
  }
  frame.variables.length = length;
  return ending;
}

function runNode(run: Run, frame: Frame, node: Node): Ending {
  switch (node.kind) {
    case 'text':
      run.printed.push(node.text);
      return undefined;
    case 'output':
      printPipeline(run, frame, node.pipeline);
      return undefined;
    case 'template':
      callTemplate(run, frame, node);
      return undefined;
    case 'break':
    case 'continue':
      return node.kind;
    case 'if':
    case 'with':
    case 'range':
    default:
      return runBranch(run, frame, node);
  }
}

function printPipeline(run: Run, frame: Frame, pipeline: Pipeline): void {
  const value = evaluatePipeline(frame, pipeline);
  if (pipeline.variables.length > 0) return;
  run.printed.push(value === undefined || value === null ? '<no value>' : printValue(value));
}

function callTemplate(run: Run, frame: Frame, { name, pipeline, offset }: Call): void {
  const body = run.template.definitions.get(name);
  if (body === undefined) throw new TemplateFault(`the template "${name}" is not defined`, offset);
  if (run.depth >= maxDepth) throw new TemplateFault(`templates call each other more than ${maxDepth} deep`, offset);
  const data = pipeline === undefined ? undefined : evaluatePipeline(frame, pipeline);
  runBody({ ...run, depth: run.depth + 1 }, frameOf(data, frame.options), body);
}

/** The variables of the head can be seen in both bodies, and not behind them. */
function runBranch(run: Run, frame: Frame, branch: Branch): Ending {
  const { length } = frame.variables;
  const ending = branch.kind === 'range' ? runRange(run, frame, branch) : runChoice(run, frame, branch);
  frame.variables.length = length;
  return ending;
}

function runChoice(run: Run, frame: Frame, { kind, pipeline, body, otherwise }: Branch): Ending {
  const value = evaluatePipeline(frame, pipeline);
  if (!isTrue(value)) return runBody(run, frame, otherwise);
  return runBody(run, kind === 'with' ? { ...frame, dot: value } : frame, body);
}

function runRange(run: Run, frame: Frame, branch: Branch): Ending {
  const { pipeline, body, otherwise } = branch;
  const items = itemsOf(evaluatePipeline(frame, pipeline), pipeline.offset);
  if (items.length === 0) return runBody(run, frame, otherwise);
  for (const [key, value] of items) {
    const [first, second] = pipeline.variables;
    if (first !== undefined) setVariable(frame, { name: first, value: second === undefined ? value : key }, true);
    if (second !== undefined) setVariable(frame, { name: second, value }, true);
    if (runBody(run, { ...frame, dot: value }, body) === 'break') break;
  }
  return undefined;
}

/** Keys and values of an object in alphabetical order, indexes and items of a list, or the numbers below a whole number. */
function itemsOf(value: unknown, offset: number): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [index, item]);
  if (isMapping(value)) return sortedEntries(value);
  if (value === undefined || value === null) return [];
  if (typeof value === 'number' && Number.isInteger(value) && value <= maxCount) {
    return Array.from({ length: Math.max(0, value) }, (_, index) => [index, index]);
  }
  throw new TemplateFault(`range has no meaning for ${kindOf(value)}`, offset);
}

/** Larger numbers are hardly meant as a count. */
const maxCount = 100_000;
