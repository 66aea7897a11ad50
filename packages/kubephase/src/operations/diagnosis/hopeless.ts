/**
 * Decides when waiting has no sense any more. After at least 30 s a wait ends before its deadline in one of these cases:
 *
 * | what                                   | what is seen                                                                    |
 * |----------------------------------------|---------------------------------------------------------------------------------|
 * | container runtime                      | it did not answer at any look of the last 30 s                                   |
 * | container                              | 3 restarts, and 2 ends with the same final cause, the first one seen left out    |
 * | container that the kubelet cannot make | 3 looks, each with a new line of the kubelet with the same final cause           |
 * | kubelet                                | the same                                                                        |
 * | kubelet that is paralysed              | 3 looks in a row, and none of the missing components has a container            |
 *
 * A slow machine, an etcd that is late, or an API server that needs some starts heal by themselves: their causes are not final.
 */
import type { Problem } from 'phaserunner';
import type { Recognised } from './cause.ts';
import type { ComponentState, Survey } from './component-state.ts';

const patienceMs = 30_000;
const leastRestarts = 3;
const leastEnds = 2;
const leastLines = 3;
const leastParalysedObservations = 3;

/** Why waiting is in vain. */
export type Verdict =
  | { readonly kind: 'runtime'; readonly fault: Problem }
  | { readonly kind: 'kubelet'; readonly found: Recognised }
  | { readonly kind: 'component'; readonly component: string; readonly found: Recognised };

export interface Observation {
  readonly survey: Survey;
  /** Since the wait began. */
  readonly elapsedMs: number;
  /** Whether the kubelet is among those that are waited for. */
  readonly kubeletMissing: boolean;
}

/** Remembers what it sees and says what speaks against going on. */
type Rule = (observation: Observation) => Verdict | undefined;

/** Judges one look after the other. Each look is remembered, also those that come too early for a verdict. */
export function createJudge(): Rule {
  const count = createCounter();
  const rules: readonly Rule[] = [createRuntimeRule(), createKubeletRule(count), createComponentRule(count), createParalysisRule()];
  return (observation) => {
    const verdicts = rules.map((rule) => rule(observation));
    return observation.elapsedMs < patienceMs ? undefined : verdicts.find((verdict) => verdict !== undefined);
  };
}

function createRuntimeRule(): Rule {
  let silentSinceMs: number | undefined;
  return ({ survey: { runtimeFault: fault }, elapsedMs }) => {
    if (fault === undefined) silentSinceMs = undefined;
    else silentSinceMs ??= elapsedMs;
    if (fault === undefined || silentSinceMs === undefined) return undefined;
    return elapsedMs - silentSinceMs >= patienceMs ? { kind: 'runtime', fault } : undefined;
  };
}

function createKubeletRule(count: Counter): Rule {
  return ({ survey: { kubelet }, kubeletMissing }) => {
    const found = kubelet.cause;
    if (!kubeletMissing || found?.cause.final !== true) return undefined;
    return count('kubelet', found, found.trace) >= leastLines ? { kind: 'kubelet', found } : undefined;
  };
}

function createComponentRule(count: Counter): Rule {
  const isHopeless = createContainerRule(count);
  return ({ survey: { components } }) => {
    const verdicts = components.map((state): Verdict | undefined => {
      const { component, finalCause: found } = state;
      return found !== undefined && isHopeless(state, found) ? { kind: 'component', component, found } : undefined;
    });
    return verdicts.find((verdict) => verdict !== undefined);
  };
}

/** What had ended before the first look may be left from an earlier run, whose cause may be mended by now. */
function createContainerRule(count: Counter): (state: ComponentState, found: Recognised) => boolean {
  const firstEnds = new Map<string, string | undefined>();
  return ({ component, container, ended }, found) => {
    if (!firstEnds.has(component)) firstEnds.set(component, ended?.id);
    if (container === undefined || container.state === 'created') return count(component, found, found.trace) >= leastLines;
    if (ended === undefined || ended.id === firstEnds.get(component)) return false;
    return count(component, found, ended.id) >= leastEnds && container.attempt >= leastRestarts;
  };
}

/** The process that said it stays as it is: one line is enough, and looking again only leaves time to see another process start. */
function createParalysisRule(): Rule {
  let observations = 0;
  return ({ survey: { components, kubelet } }) => {
    const [first] = components;
    const found = kubelet.paralysis;
    if (first === undefined || found === undefined || components.some(({ container }) => container !== undefined)) {
      observations = 0;
      return undefined;
    }
    observations += 1;
    return observations >= leastParalysedObservations ? { kind: 'component', component: first.component, found } : undefined;
  };
}

/** Remembers a trace and tells how many different ones this cause has had in this component. */
type Counter = (component: string, found: Recognised, trace: string) => number;

function createCounter(): Counter {
  const traces = new Map<string, Set<string>>();
  return (component, { cause }, trace) => {
    const key = `${component} ${cause.id}`;
    const known = (traces.get(key) ?? new Set<string>()).add(trace);
    traces.set(key, known);
    return known.size;
  };
}
