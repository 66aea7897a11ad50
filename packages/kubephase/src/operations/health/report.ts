/** Lines that tell those who wait what is missing right now. */
import { describeContainer, shorten, tellingLine } from '../diagnosis/sight-text.ts';
import type { ComponentSight, Survey } from '../diagnosis/survey.ts';
import { formatElapsed } from '../wait/wait.ts';
import type { Fault } from './fault.ts';

const lineLength = 200;

/**
 * One line for everybody who is missing; those of whom the same is to be said share one.
 * @param faults last answers of their health endpoints, by component
 */
export function reportLines(survey: Survey, faults: ReadonlyMap<string, Fault>, elapsedMs: number): readonly string[] {
  const byText = new Map<string, string[]>();
  for (const name of namesOf(survey, faults)) {
    const text = name === 'kubelet' ? kubeletText(survey, faults.get(name)) : componentText(name, survey, faults.get(name));
    byText.set(text, [...(byText.get(text) ?? []), name === 'kubelet' ? 'the kubelet' : name]);
  }
  const elapsed = formatElapsed(elapsedMs);
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
  const sight = components.find(({ component }) => component === name);
  if (sight === undefined) return [fault?.text, runtimeFault?.summary].filter((part) => part !== undefined).join('; ');
  const line = tellingLine(sight);
  const state = `${describeContainer(sight)}${line === undefined ? '' : `: ${shorten(line, lineLength)}`}`;
  return isRunning(sight) && fault !== undefined ? `${fault.text}; ${state}` : state;
}

/** What the endpoint of a container answers that does not run says nothing new. */
function isRunning({ container }: ComponentSight): boolean {
  return container?.state === 'running';
}
