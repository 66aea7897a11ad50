/** Tells every few seconds what the wait for kubelet and control plane is waiting for, and ends it when it has no sense any more. */
import type { Clock, Task } from 'phaserunner';
import { formatDuration } from 'phaserunner/render';
import { describeContainer, shorten, tellingLine, type ComponentState, type Survey } from '../diagnosis/component-state.ts';
import { createJudge, type Verdict } from '../diagnosis/hopeless.ts';
import type { Surveyor } from '../diagnosis/survey.ts';
import { reportIntervalMs } from '../wait.ts';
import type { Fault } from './poll.ts';

interface Observation {
  readonly surveyor: Surveyor;
  /** Last fault of everybody who is not well yet; it changes while it is observed. */
  readonly faults: ReadonlyMap<string, Fault>;
  readonly task: Pick<Task, 'message'>;
  readonly clock: Clock;
  /** Ends the observation. */
  readonly signal: AbortSignal;
}

/** Before it nothing is looked at: often everything is well by then. */
const firstPauseMs = 500;

/** Returns when the signal is aborted, or with the verdict that waiting does not help, and what was seen. */
export async function observe(observation: Observation): Promise<{ readonly verdict: Verdict; readonly survey: Survey } | undefined> {
  const { surveyor, faults, task, clock, signal } = observation;
  const startMs = clock.now();
  const judge = createJudge();
  await clock.sleep(firstPauseMs, signal);
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

const lineLength = 200;

/**
 * One line for everybody who is missing; those of whom the same is to be said share one.
 * @param faults last answers of their health endpoints, by component
 */
function reportLines(survey: Survey, faults: ReadonlyMap<string, Fault>, elapsedMs: number): readonly string[] {
  const byText = new Map<string, string[]>();
  for (const name of namesOf(survey, faults)) {
    const text = name === 'kubelet' ? kubeletText(survey, faults.get(name)) : componentText(name, survey, faults.get(name));
    byText.set(text, [...(byText.get(text) ?? []), name === 'kubelet' ? 'the kubelet' : name]);
  }
  const elapsed = formatDuration(elapsedMs);
  return [...byText].map(([text, names]) => `still waiting for ${names.join(', ')} after ${elapsed}: ${text}`);
}

/** Those that are missing, and etcd when it does not simply run: then the API server cannot. */
function namesOf({ components }: Survey, faults: ReadonlyMap<string, Fault>): readonly string[] {
  const etcd = components.find(({ component }) => component === 'etcd');
  const runs = etcd === undefined || (etcd.container?.state === 'running' && etcd.container.attempt === 0);
  const missing = [...faults.keys()];
  const ordered = missing.includes('kubelet') ? ['kubelet', ...missing.filter((name) => name !== 'kubelet')] : missing;
  return runs ? ordered : [...ordered.filter((name) => name === 'kubelet'), 'etcd', ...ordered.filter((name) => name !== 'kubelet')];
}

function kubeletText({ kubelet: { cause } }: Survey, fault: Fault | undefined): string {
  const answer = fault?.text ?? 'it did not answer yet';
  return cause === undefined ? answer : `${answer}; its log says: ${shorten(cause.line, lineLength)}`;
}

function componentText(name: string, { components, runtimeFault }: Survey, fault: Fault | undefined): string {
  const state = components.find(({ component }) => component === name);
  if (state === undefined) return [fault?.text, runtimeFault?.summary].filter((part) => part !== undefined).join('; ');
  const line = tellingLine(state);
  const text = `${describeContainer(state)}${line === undefined ? '' : `: ${shorten(line, lineLength)}`}`;
  return isRunning(state) && fault !== undefined ? `${fault.text}; ${text}` : text;
}

/** What the endpoint of a container answers that does not run says nothing new. */
function isRunning({ container }: ComponentState): boolean {
  return container?.state === 'running';
}
