/** The session of one invocation: opened once, and ended once whatever happens. */
import { problemsOf } from '../problems.ts';
import type { RunResult } from '../run-options.ts';
import type { Ended, Session } from './binding.ts';

/** A session that is opened during a run. */
export interface HeldSession<C> {
  /** Calls `load`. A session that comes after the end is ended at once: nobody waits for it any more. */
  open(load: () => Session<C> | Promise<Session<C>>): Promise<Session<C>>;
  /** Undefined before it is open. */
  current(): Session<C> | undefined;
  end(result: RunResult): Promise<Ended>;
}

export function holdSession<C>(): HeldSession<C> {
  let session: Session<C> | undefined;
  let over: RunResult | undefined;
  return {
    open: async (load) => {
      const opened = await load();
      if (over === undefined) session = opened;
      else await opened.end?.(over);
      return opened;
    },
    current: () => session,
    end: async (result) => {
      over = result;
      return await session?.end?.(result);
    },
  };
}

/** What a session is ended with when the engine itself broke off with `error`. */
export function brokenRun(error: unknown): RunResult {
  return { status: 'failed', durationMs: 0, phases: [], remaining: [], problems: problemsOf(error, 'COMMAND_FAILED') };
}
