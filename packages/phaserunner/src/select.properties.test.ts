import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Phase } from './phase.ts';
import { isProblemError } from './problems.ts';
import { runWorkflow } from './run.ts';
import { selectPhases, type Selection, type SelectionPart } from './select.ts';
import { testPhase } from './testing/test-phase.ts';
import { flatten } from './tree.ts';
import { defineWorkflow } from './define-workflow.ts';
import type { Workflow } from './workflow.ts';

/** The shape of a tree: each node is the list of its children. */
type Shape = readonly Shape[];

const shapes = fc.memo((depth): fc.Arbitrary<Shape> => (depth <= 1 ? fc.constant([]) : fc.array(shapes(depth - 1), { maxLength: 4 })));

const workflows = shapes(4)
  .filter((shape) => shape.length > 0)
  .map((shape) => build(shape));

function build(
  shape: Shape,
  log: string[] = [],
): { readonly workflow: Workflow<unknown, never>; readonly log: string[]; readonly paths: readonly string[] } {
  const phasesOf = (nodes: Shape): readonly Phase<unknown, never>[] =>
    nodes.map((children, index) => testPhase(`p${index}`, { log, phases: phasesOf(children) }));
  const workflow = defineWorkflow({ name: 'any', summary: 'Any tree', phases: phasesOf(shape) });
  return { workflow, log, paths: flatten(workflow).map(({ path }) => path) };
}

/** A workflow with the given number of selections of its phases. */
function withSelections(count: number) {
  return workflows.chain((built) => {
    const path = fc.constantFrom(...built.paths);
    const selection: fc.Arbitrary<Selection> = fc.record(
      { only: fc.array(path, { maxLength: 3 }), skip: fc.array(path, { maxLength: 3 }), from: path, until: path },
      { requiredKeys: [] },
    );
    return fc.record({ built: fc.constant(built), selections: fc.array(selection, { minLength: count, maxLength: count }) });
  });
}

const fromTest = (selection: Selection): SelectionPart => ({ ...selection, origin: 'test' });

/** Undefined when the selection is refused. */
function select(workflow: Workflow<unknown, never>, ...selections: readonly Selection[]): ReadonlySet<string> | undefined {
  try {
    return selectPhases(workflow, selections.map(fromTest)).paths;
  } catch (error) {
    if (isProblemError(error)) return undefined;
    throw error;
  }
}

function isInside(path: string, roots: readonly string[] = []): boolean {
  return roots.some((root) => path === root || path.startsWith(`${root}/`));
}

describe('for any tree', () => {
  it('runs exactly what is selected, in the order of the workflow, with parents before their children', async () => {
    await fc.assert(
      fc.asyncProperty(withSelections(1), async ({ built, selections: [selection = {}] }) => {
        const selected = select(built.workflow, selection);
        built.log.length = 0;
        const result = await runWorkflow(built.workflow, { context: {}, selection: [{ ...selection, origin: 'test' }] });
        expect(built.log).toEqual(selected === undefined ? [] : built.paths.filter((path) => selected.has(path)));
        expect(result.status).toBe(selected === undefined ? 'failed' : 'succeeded');
      }),
    );
  });

  it('never runs a phase in a skipped subtree and selects by "only" exactly the named subtrees', () => {
    fc.assert(
      fc.property(withSelections(1), ({ built, selections: [{ only, skip } = {}] }) => {
        const selected = select(built.workflow, { only: only ?? [], skip: skip ?? [] });
        const wanted = built.paths.filter((path) => !isInside(path, skip) && ((only ?? []).length === 0 || isInside(path, only)));
        expect([...(selected ?? [])]).toEqual(wanted);
      }),
    );
  });

  it('selects by "from" and "until" an unbroken range', () => {
    fc.assert(
      fc.property(withSelections(1), ({ built, selections: [{ from, until } = {}] }) => {
        const limits = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
        const selected = [...(select(built.workflow, limits) ?? [])];
        const start = from === undefined ? 0 : built.paths.indexOf(from);
        const end = until === undefined ? built.paths.length : built.paths.findLastIndex((path) => isInside(path, [until])) + 1;
        expect(selected).toEqual(built.paths.slice(start, Math.max(start, end)));
      }),
    );
  });

  it('selects by two parts what both of them select', () => {
    fc.assert(
      fc.property(withSelections(2), ({ built, selections: [first = {}, second = {}] }) => {
        const both = select(built.workflow, first, second);
        const [a, b] = [select(built.workflow, first), select(built.workflow, second)];
        const common = [...(a ?? [])].filter((path) => b?.has(path) === true);
        expect([...(both ?? [])]).toEqual(common);
      }),
    );
  });

  it('decides about every phase, with a reason when it does not run', () => {
    fc.assert(
      fc.property(withSelections(1), ({ built, selections: [selection = {}] }) => {
        if (select(built.workflow, selection) === undefined) return;
        const { paths, decisions } = selectPhases(built.workflow, [{ ...selection, origin: 'here' }]);
        expect([...decisions.keys()]).toEqual(built.paths);
        for (const [path, decision] of decisions) {
          expect(decision.run).toBe(paths.has(path));
          if (!decision.run) expect(decision.reason).toContain('here');
        }
      }),
    );
  });
});
