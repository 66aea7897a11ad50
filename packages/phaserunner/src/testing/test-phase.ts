/** Builds phases that log what is done to them. */
import type { Phase } from '../phase.ts';

/** Any field of a phase, and where to log. */
export interface TestPhaseOptions<C> extends Partial<Omit<Phase<C, never>, 'name'>> {
  /** Gets `PATH` for each try of the work and `cleanup PATH REASON` for each clean-up. */
  readonly log?: string[];
}

/** Returns a phase that works, logs, and then does what `run` and `cleanup` of the options say. */
export function testPhase<C = unknown>(name: string, options: TestPhaseOptions<C> = {}): Phase<C, never> {
  const { log = [], run, cleanup, ...fields } = options;
  const phase: Phase<C, never> = {
    summary: `Summary of ${name}`,
    ...fields,
    name,
    run: (context, task) => {
      log.push(task.path);
      return run?.(context, task);
    },
    cleanup: (context, reason, task) => {
      log.push(`cleanup ${task.path} ${reason}`);
      return cleanup?.(context, reason, task);
    },
  };
  // Tests make faulty phases too, which `definePhase` would not take.
  return Object.freeze(phase);
}
