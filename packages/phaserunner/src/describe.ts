/** A workflow as plain data for machine-readable lists of phases. */
import type { Argument, Need, Phase } from './phase.ts';
import { joinPath } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** Something a phase needs. */
export interface NeedDescription {
  readonly phase: string;
  /** What may be there instead. */
  readonly or?: string;
}

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
  readonly needs: readonly NeedDescription[];
  /** When the phase belongs to a run, as the end of "only …". */
  readonly only?: string;
  /** Names of its flags, without dashes. */
  readonly flags: readonly string[];
  readonly args: readonly Argument[];
  readonly children: readonly PhaseDescription[];
}

/** A workflow as JSON-safe data. */
export interface WorkflowDescription {
  /** Version of this shape. A change that could break a reader raises it. */
  readonly schema: 1;
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly phases: readonly PhaseDescription[];
}

/** Returns the tree of `workflow`, in execution order. */
export function describeWorkflow(workflow: Workflow<never>): WorkflowDescription {
  const { name, summary, description, phases } = workflow;
  return {
    schema: 1,
    name,
    summary,
    ...(description === undefined ? {} : { description }),
    phases: phases.map((phase) => describePhase(phase, undefined)),
  };
}

function describePhase(phase: Phase<never>, parent: string | undefined): PhaseDescription {
  const path = joinPath(parent, phase.name);
  return {
    path,
    name: phase.name,
    aliases: phase.aliases ?? [],
    summary: phase.summary,
    ...(phase.description === undefined ? {} : { description: phase.description }),
    hidden: phase.hidden === true,
    work: phase.run !== undefined,
    needs: (phase.needs ?? []).map(describeNeed),
    ...(phase.include === undefined ? {} : { only: phase.include.only }),
    flags: (phase.flags ?? []).map((flag) => (typeof flag === 'string' ? flag : flag.name)),
    args: phase.args ?? [],
    children: (phase.phases ?? []).map((child) => describePhase(child, path)),
  };
}

function describeNeed(need: Need<never>): NeedDescription {
  return typeof need === 'string' ? { phase: need } : { phase: need.phase, or: need.or };
}
