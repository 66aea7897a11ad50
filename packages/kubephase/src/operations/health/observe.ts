/** Tells every few seconds what the wait for kubelet and control plane is waiting for, and ends it when it has no sense any more. */
import type { Clock, Task } from 'phaserunner';
import { createJudge, type Verdict } from '../diagnosis/hopeless.ts';
import type { Survey, Surveyor } from '../diagnosis/survey.ts';
import { reportIntervalMs } from '../wait/wait.ts';
import type { Fault } from './fault.ts';
import { reportLines } from './report.ts';

export interface Observation {
  readonly surveyor: Surveyor;
  /** Last fault of everybody who is not well yet; it changes while it is observed. */
  readonly faults: ReadonlyMap<string, Fault>;
  readonly task: Pick<Task, 'message'>;
  readonly clock: Clock;
  /** Ends the observation. */
  readonly signal: AbortSignal;
}

/** Before it nothing is looked at: often everything is well by then. */
const firstLookMs = 500;

/** Returns when the signal is aborted, or with the verdict that waiting does not help, and what was seen. */
export async function observe(observation: Observation): Promise<{ readonly verdict: Verdict; readonly survey: Survey } | undefined> {
  const { surveyor, faults, task, clock, signal } = observation;
  const startMs = clock.now();
  const judge = createJudge();
  await clock.sleep(firstLookMs, signal);
  if (!signal.aborted) await surveyor.mark();
  for (let nextMs = reportIntervalMs; ; nextMs += reportIntervalMs) {
    await clock.sleep(Math.max(0, startMs + nextMs - clock.now()), signal);
    if (signal.aborted) return undefined;
    const survey = await surveyor.survey([...faults.keys()].filter((name) => name !== 'kubelet'));
    // While it looked the wait may have ended.
    if (signal.aborted) return undefined;
    const elapsedMs = clock.now() - startMs;
    for (const line of reportLines(survey, faults, elapsedMs)) task.message(line);
    const verdict = judge({ survey, elapsedMs, kubeletMissing: faults.has('kubelet') });
    if (verdict !== undefined) return { verdict, survey };
  }
}
