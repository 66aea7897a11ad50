/**
 * phaserunner: ordered, nested phases as data, and a runner for all, some, or all but some of them.
 * @module
 */
export { systemClock, type Clock } from './clock.ts';
export { engineCodes, retryableCodes, usageCodes, type EngineCode, type UsageCode } from './problems.ts';
export { describeWorkflow, type PhaseDescription, type WorkflowDescription } from './describe.ts';
export { appendPhase, insertAfter, insertBefore, removePhase, replacePhase } from './edit.ts';
export type { Decision, EventBody, EventType, Listener, PhaseOutcome, PhaseStatus, PlannedPhase, RunEvent, RunStatus } from './events.ts';
export { eventSchema } from './events.ts';
export { applyExtraPhases, loadExtraPhases, type ExtraPhasesOptions, type ImportModule } from './extra-phases.ts';
export type { Flag, FlagRow, FlagTable, FlagType, FlagValue, FlagValues, ValuesOf } from './flags.ts';
export { defineFlags } from './flags.ts';
export type { GraphFormat } from './graph.ts';
export { checkNeeds, renderGraph, runWorkflow } from './late.ts';
export type { NeedsInput } from './needs.ts';
export { mount, within } from './mount.ts';
export { nearest, quotable } from './nearest.ts';
export type {
  Action,
  Argument,
  CleanupReason,
  Membership,
  Need,
  NeededResult,
  Phase,
  Proof,
  Result,
  RetryPolicy,
  Skip,
  Task,
  Work,
} from './phase.ts';
export { definePhase, hasWork, skip } from './phase.ts';
export { planRun } from './plan.ts';
export { isProblemError, locate, problemsOf, ProblemError, type Evidence, type Location, type Problem } from './problems.ts';
export { redactProblem, type Redact } from './redact.ts';
export { makersIn, resolveNeed, type Makers, type ResolvedNeed } from './results.ts';
export type { Notice, Opening, OpenRunOptions, RunInput, RunOptions, RunResult, RunSettings } from './run-options.ts';
export { selectPhases, type Selected, type Selection, type SelectionPart } from './select.ts';
export { findPhase, flatten, type FlatPhase } from './tree.ts';
export { defineWorkflow } from './define-workflow.ts';
export { type Workflow } from './workflow.ts';
