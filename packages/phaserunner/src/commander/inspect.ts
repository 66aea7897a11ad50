/** `phase --list` and `phase --graph`: shows the phases instead of running any. */
import type { FlagValues } from '../flags.ts';
import type { GraphFormat } from '../graph.ts';
import type { Workflow } from '../workflow.ts';
import { documentNames, type Invoked } from './bound.ts';
import { outputOf } from './invocation.ts';
import { columns } from './layout.ts';
import { phaseRows } from './phase-rows.ts';
import { printDocument } from './show.ts';
import { surroundingsFor } from './surroundings.ts';

/** Lines of a list are not wrapped: one line a phase is what `grep` expects. */
const unlimited = Number.MAX_SAFE_INTEGER;

/** Prints the list or the picture that `flags` ask for; returns false when they ask for neither. */
export async function inspect<C, F extends string>(
  { bound, command }: Invoked<C, F>,
  workflow: Workflow<C, F>,
  flags: FlagValues,
): Promise<boolean> {
  const { io } = surroundingsFor(command);
  const graph = flags['graph'];
  if (graph !== undefined) {
    const { renderGraph } = await import('../graph.ts');
    io.stdout.write(renderGraph(workflow, graph as GraphFormat));
    return true;
  }
  if (flags['list'] !== true) return false;
  const output = outputOf(flags);
  if (documentNames(bound.binding).includes(output)) {
    const { describeWorkflow } = await import('../describe.ts');
    await printDocument(bound.binding, { output, io }, () => describeWorkflow(workflow));
  } else {
    io.stdout.write(`${columns(phaseRows(workflow), unlimited).join('\n')}\n`);
  }
  return true;
}
