/** A workflow as plain data for machine-readable lists of phases. */
import { hasWork, type Argument } from './phase.ts';
import { makersIn, resolveNeed, type Makers, type ResolvedNeed } from './results.ts';
import { flatten, type FlatPhase } from './tree.ts';
import { flagsOfPhase, type Workflow } from './workflow.ts';

/** A phase as JSON-safe data. */
export interface PhaseDescription {
  readonly path: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly hidden: boolean;
  /** False for phases that only group their children. */
  readonly work: boolean;
  readonly needs: readonly ResolvedNeed[];
  /** Names of the results that are there once it has run. */
  readonly makes: readonly string[];
  /** When the phase belongs to a run, as the end of "only …". */
  readonly only?: string;
  /** Names of its flags, without dashes. The command of a phase with children also takes those that select among them. */
  readonly flags: readonly string[];
  readonly args: readonly Argument[];
  readonly children: readonly PhaseDescription[];
}

/** A workflow as JSON-safe data. */
export interface WorkflowDescription {
  /** Version of this shape. A change that could break a reader raises it. */
  readonly schema: 2;
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly phases: readonly PhaseDescription[];
}

/** Returns the tree of `workflow`, in execution order. */
export function describeWorkflow(workflow: Workflow<never>): WorkflowDescription {
  const { name, summary, description } = workflow;
  return {
    schema: 2,
    name,
    summary,
    ...(description === undefined ? {} : { description }),
    phases: describeSiblings(makersIn(workflow), undefined),
  };
}

function describeSiblings(makers: Makers, parent: string | undefined): readonly PhaseDescription[] {
  return flatten(makers.workflow)
    .filter((place) => place.parent === parent)
    .map((place) => describePhase(makers, place));
}

function describePhase(makers: Makers, place: FlatPhase): PhaseDescription {
  const { path, phase } = place;
  return {
    path,
    name: phase.name,
    aliases: phase.aliases ?? [],
    summary: phase.summary,
    ...(phase.description === undefined ? {} : { description: phase.description }),
    hidden: phase.hidden === true,
    work: hasWork(phase),
    needs: (phase.needs ?? []).map((need) => resolveNeed(makers, place, need)),
    makes: (phase.makes ?? []).map(({ name }) => name),
    ...(phase.include === undefined ? {} : { only: phase.include.only }),
    flags: flagsOfPhase(makers.workflow, phase).map(({ name }) => name),
    args: phase.args ?? [],
    children: describeSiblings(makers, path),
  };
}
