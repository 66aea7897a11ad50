/** Takes the lock for one run: at once, or within the time that the user gives it. */
import type { Clock } from 'phaserunner';
import { timeText } from '../../operations/certificates/faults.ts';
import { waitFor } from '../../operations/wait.ts';
import { failure } from '../../problems/catalogue.ts';
import type { Claim, Holder, RunLock, RunLocks } from './port.ts';

export interface LockRequest {
  readonly claim: Claim;
  /** How long to wait for the run that has the lock; 0 for not at all. */
  readonly waitMs: number;
  /** Whether the command takes `--wait-for-lock`. */
  readonly canWait: boolean;
  /** Root folder as the user named it; undefined for the whole machine. */
  readonly rootfs?: string | undefined;
  /** Told what is waited for. */
  readonly tell: (text: string) => void;
  /** Ends the wait with its reason. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** Between two looks. Nobody can be told that the lock is free: whoever held it may have been killed. */
const pauses = { firstIntervalMs: 50, intervalMs: 500, spread: 0.2 } as const;

/**
 * Waits for the run that has the lock, told as `holder`.
 * @throws ProblemError `RUN_LOCKED`
 */
export async function waitForLock(locks: RunLocks, holder: Holder, request: LockRequest): Promise<RunLock> {
  const { waitMs, tell, signal, clock } = request;
  if (waitMs === 0) throw locked(holder, request);
  tell(`waiting up to ${waitMs / 1000} s for the end of another run: ${holderText(holder)}`);
  let last = holder;
  let lock: RunLock | undefined;
  await waitFor({
    name: 'the end of another run',
    deadlineMs: waitMs,
    ...pauses,
    probe: async () => {
      const attempt = await locks.attempt(request.claim);
      if (attempt.taken) lock = attempt.lock;
      else last = attempt.holder;
      return attempt.taken ? undefined : holderText(attempt.holder);
    },
    onWaiting: ({ missing }) => tell(`still waiting for the end of another run: ${missing}`),
    timedOut: () => locked(last, request),
    signal,
    ...(clock === undefined ? {} : { clock }),
  });
  if (lock === undefined) throw locked(last, request);
  return lock;
}

function locked(holder: Holder, { waitMs, canWait, rootfs }: LockRequest): Error {
  const ending = holder.pid === undefined ? '' : `, or end it (kill -INT ${holder.pid})`;
  return failure('RUN_LOCKED', {
    summary: `another run is at work on ${rootfs === undefined ? 'this machine' : rootfs}`,
    detail: `${waitMs === 0 ? '' : `Still after ${waitMs / 1000} s: `}${holderText(holder)}`,
    remedy: `Run again when it has ended${ending}.${canWait ? ' To have this command wait for it: --wait-for-lock=10m.' : ''}`,
  });
}

/** `process 4711, started 2026-01-01 00:00:00 UTC: kubephase init`, as far as it is known. */
function holderText({ pid, startedAtMs, command }: Holder): string {
  const started = startedAtMs === undefined ? '' : `, started ${timeText(startedAtMs)}`;
  return `process ${pid ?? 'unknown'}${started}${command === undefined ? ', which does not answer' : `: ${command}`}`;
}
