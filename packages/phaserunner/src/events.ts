/** Everything that happens in a run, as typed data. The schema is versioned and documented. */
import type { Action } from './phase.ts';
import type { Problem } from './problems.ts';

/** Version of the shapes below. A change that could break a reader raises it. */
export const eventSchema = 1;

/** What the plan says of a phase before anything runs. */
export type Decision =
  | { readonly run: true }
  | { readonly run: false; readonly because: 'selection' | 'membership'; readonly reason: string };

/** A phase as planned, in execution order. */
export interface PlannedPhase {
  readonly path: string;
  readonly summary: string;
  /** Zero for top-level phases. */
  readonly depth: number;
  /** False for phases that only group their children. */
  readonly work: boolean;
  readonly hidden: boolean;
  readonly decision: Decision;
}

export type RunStatus = 'succeeded' | 'failed' | 'cancelled';
export type PhaseStatus = RunStatus | 'skipped';

/** How one selected phase went. `durationMs` is its own work, without children. */
export interface PhaseOutcome {
  readonly path: string;
  readonly status: PhaseStatus;
  readonly durationMs: number;
  readonly attempts: number;
  /** Set when skipped. */
  readonly reason?: string;
}

interface Stamp {
  readonly schema: typeof eventSchema;
  /** Counted from 1 without gaps. */
  readonly sequence: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly timeMs: number;
}

/** The event without its stamp, as the engine's parts make it. */
export type EventBody =
  | {
      /** What the run needs is being loaded, connected or read; messages without a path tell what is waited for. */
      readonly type: 'run-open';
      readonly workflow: string;
    }
  | {
      readonly type: 'run-start';
      readonly workflow: string;
      /** Set when actions are only intended. */
      readonly dryRun?: true;
      readonly phases: readonly PlannedPhase[];
      /** Number of phases that will run. */
      readonly total: number;
    }
  | { readonly type: 'phase-start'; readonly path: string; readonly summary: string; readonly index: number; readonly total: number }
  | { readonly type: 'phase-skip'; readonly path: string; readonly because: 'membership' | 'condition'; readonly reason: string }
  | {
      readonly type: 'phase-retry';
      readonly path: string;
      /** The try that just failed, from 1. */
      readonly attempt: number;
      readonly attempts: number;
      readonly delayMs: number;
      readonly problem: Problem;
    }
  | {
      readonly type: 'phase-end';
      readonly path: string;
      readonly status: RunStatus;
      readonly durationMs: number;
      readonly problems?: readonly Problem[];
    }
  | {
      readonly type: 'message';
      /** Absent for messages of the run itself. */
      readonly path?: string;
      readonly level: 'info' | 'warning' | 'debug';
      readonly text: string;
      /** Verbosity from which a debug message is shown. */
      readonly verbosity?: number;
    }
  | { readonly type: 'progress'; readonly path: string; readonly label: string; readonly done: number; readonly total?: number }
  | { readonly type: 'action'; readonly path: string; readonly action: Action }
  | {
      readonly type: 'run-end';
      readonly status: RunStatus;
      readonly durationMs: number;
      readonly phases: readonly PhaseOutcome[];
      /** Selected phases that were not reached. */
      readonly remaining: readonly string[];
      /** Path from which the run can go on, when it did not finish. */
      readonly resumeFrom?: string;
      readonly problems?: readonly Problem[];
    };

export type RunEvent = Stamp & EventBody;
export type EventType = RunEvent['type'];

/** Consumes events. Renderers, recorders and logs are all of this one shape. */
export type Listener = (event: RunEvent) => void;
