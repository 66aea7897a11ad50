/**
 * phaserunner: ordered, nested phases as data, and a runner for all, some, or all but some of them.
 * @module
 */
export { engineCodes, type EngineCode } from './codes.ts';
export type { Decision, EventBody, EventType, Listener, PhaseOutcome, PhaseStatus, PlannedPhase, RunEvent, RunStatus } from './events.ts';
export { eventSchema } from './events.ts';
export type { Flag, FlagType, FlagValue, FlagValues } from './flags.ts';
export type { Action, Argument, CleanupReason, Membership, Need, Phase, RetryPolicy, Skip, Task } from './phase.ts';
export { definePhase, skip } from './phase.ts';
export { isProblemError, locate, problemsOf, ProblemError, type Location, type Problem } from './problems.ts';
export type { Workflow } from './workflow.ts';
