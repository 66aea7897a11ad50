/** Runs one phase by itself, for its tests. */
import { phaseFields } from '../phase-copy.ts';
import { isRecord, phaseShape, type Fault } from '../phase-shape.ts';
import { hasWork, hookNames, type Action, type Phase } from '../phase.ts';
import { ProblemError } from '../problems.ts';
import type { RunEvent } from '../events.ts';
import type { FlagValues } from '../flags.ts';
import { runWorkflow } from '../run.ts';
import type { RunResult, RunSettings } from '../run-options.ts';
import { recordEvents } from './record-events.ts';

export interface PhaseRunOptions extends Pick<RunSettings, 'signal' | 'clock' | 'graceMs'> {
  /** Values of the flags that the phase brings itself; for those without one their defaults count. */
  readonly flags?: FlagValues;
}

/** How the phase went, and what it said and did. */
export interface PhaseRun extends RunResult {
  /** What it told the user, in order; warnings begin with `WARNING `, details for higher verbosities are left out. */
  readonly lines: readonly string[];
  readonly actions: readonly Action[];
  readonly events: readonly RunEvent[];
}

/**
 * Takes `phase` through its hooks as a run does: `include`, `needs`, `check`, `prepare`, `when`, `run` with its retries and, after a
 * failure, `cleanup`; then its children. Needs that name a path of the workflow are left to the tests of the workflow.
 * @throws ProblemError `WORKFLOW_INVALID` when the phase is malformed, or has neither hooks nor children
 *
 * @example
 * const { status, lines } = await runPhase(grind, { cups: 2 });
 */
export async function runPhase<C, F extends string>(
  phase: Phase<C, F>,
  context: NoInfer<C>,
  options: PhaseRunOptions = {},
): Promise<PhaseRun> {
  refuseMalformed(phase);
  const recorder = recordEvents();
  // Not checked as a workflow: the phase may name flags and earlier phases of the one that it comes from.
  const workflow = { name: 'test', summary: 'One phase', phases: [withoutPaths(phase)] };
  const result = await runWorkflow(workflow, { ...options, context, listeners: [recorder.listener] });
  const { events } = recorder;
  return {
    ...result,
    events,
    lines: events.flatMap((event) => {
      if (event.type !== 'message' || event.level === 'debug') return [];
      return [event.level === 'warning' ? `WARNING ${event.text}` : event.text];
    }),
    actions: events.flatMap((event) => (event.type === 'action' ? [event.action] : [])),
  };
}

/** Names of flags and paths are those of a workflow, which is not here; the rest of the phase is looked at as in one. */
function refuseMalformed(phase: Phase<never>): void {
  const fields = isRecord(phase) ? phaseFields(phase) : phase;
  const faults: readonly Fault[] = phaseShape(fields, 'phase');
  const isEmpty =
    faults.length === 0 && fields.phases === undefined && !hasWork(fields) && hookNames.every((name) => fields[name] === undefined);
  const problems = [
    ...faults,
    ...(isEmpty ? [{ field: 'phase', says: 'has neither hooks nor children, so there is nothing to test' }] : []),
  ];
  if (problems.length === 0) return;
  throw new ProblemError(problems.map(({ field, says }) => ({ code: 'WORKFLOW_INVALID', summary: `${field}: ${says}`, where: { field } })));
}

function withoutPaths<C, F extends string>(phase: Phase<C, F>): Phase<C, F> {
  const needs = phase.needs?.filter((need) => typeof need !== 'string');
  return { ...phaseFields(phase), ...(needs && { needs }), ...(phase.phases && { phases: phase.phases.map(withoutPaths) }) };
}
