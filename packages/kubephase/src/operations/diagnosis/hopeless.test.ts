import { describe, expect, it } from 'vitest';
import type { ContainerStatus } from '../../clients/cri/port.ts';
import { problem } from '../../problems/catalogue.ts';
import type { Recognised } from './cause.ts';
import { createJudge, type Observation } from './hopeless.ts';
import type { ComponentState, Survey } from './component-state.ts';

function recognised(trace: string, final: boolean): Recognised {
  return { cause: { id: 'c', pattern: /c/, means: 'C', remedy: 'R.', final }, line: 'c', trace };
}

function container(id: string, attempt: number, state: ContainerStatus['state'] = 'exited'): ContainerStatus {
  return { id, name: 'etcd', pod: { namespace: 'kube-system', name: 'etcd-cp1' }, state, attempt };
}

function ending(attempt: number, final = true): ComponentState {
  const one = container(`etcd-${attempt}`, attempt);
  const found = recognised('line', final);
  return { component: 'etcd', container: one, ended: one, logs: [], kubeletLines: [], found, finalCause: final ? found : undefined };
}

function missing(trace: string | undefined): ComponentState {
  const found = trace === undefined ? undefined : recognised(trace, true);
  return { component: 'etcd', container: undefined, ended: undefined, logs: [], kubeletLines: [], found, finalCause: found };
}

const quiet: Survey['kubelet'] = { errors: [], found: true, cause: undefined, paralysis: undefined };
const silent = problem('CRI_UNREACHABLE', { summary: 's' });

/** What is seen at one look, and when in seconds. */
type Seen = readonly [second: number, survey: Partial<Survey>, kubeletMissing?: boolean];

/** Second of the first verdict and its kind. */
function verdictOf(...looks: readonly Seen[]): readonly [number, string] | undefined {
  const judge = createJudge();
  for (const [second, survey, kubeletMissing = false] of looks) {
    const look: Observation = {
      survey: { components: [], runtimeFault: undefined, kubelet: quiet, ...survey },
      elapsedMs: second * 1000,
      kubeletMissing,
    };
    const verdict = judge(look);
    if (verdict !== undefined) return [second, verdict.kind];
  }
  return undefined;
}

const states = (...components: readonly ComponentState[]): Partial<Survey> => ({ components });
const kubelet = (trace: string, final = true): Partial<Survey> => ({ kubelet: { ...quiet, cause: recognised(trace, final) } });

const paralysed = (...components: readonly ComponentState[]): Partial<Survey> => ({
  components,
  kubelet: { ...quiet, paralysis: recognised('once', true) },
});

describe('waiting is in vain', () => {
  it.each<readonly [string, readonly [number, string], readonly Seen[]]>([
    [
      'a container ended twice more for the same final cause',
      [35, 'component'],
      [
        [5, states(ending(1))],
        [15, states(ending(2))],
        [35, states(ending(3))],
      ],
    ],
    [
      'it did so early, and the least time has passed',
      [30, 'component'],
      [
        [5, states(ending(1))],
        [10, states(ending(2))],
        [15, states(ending(3))],
        [30, states(ending(3))],
      ],
    ],
    [
      'the kubelet cannot make a container and says so again and again',
      [30, 'component'],
      [
        [5, states(missing('a'))],
        [15, states(missing('b'))],
        [30, states(missing('c'))],
      ],
    ],
    [
      'the kubelet itself says the same again and again',
      [30, 'kubelet'],
      [
        [10, kubelet('a'), true],
        [20, kubelet('b'), true],
        [30, kubelet('c'), true],
      ],
    ],
    [
      'the kubelet said once that it starts no container any more, and there is none',
      [30, 'component'],
      [5, 20, 25, 30].map((second): Seen => [second, paralysed(missing(undefined))]),
    ],
    [
      'it said so late',
      [110, 'component'],
      [[95, states(missing(undefined))], ...[100, 105, 110].map((second): Seen => [second, paralysed(missing(undefined))])],
    ],
    [
      'the container runtime was silent for long enough',
      [45, 'runtime'],
      [
        [5, { runtimeFault: silent }],
        [10, {}],
        [15, { runtimeFault: silent }],
        [30, { runtimeFault: silent }],
        [45, { runtimeFault: silent }],
      ],
    ],
  ])('when %s', (_, expected, looks) => {
    expect(verdictOf(...looks)).toEqual(expected);
  });
});

describe('waiting goes on', () => {
  it.each<readonly [string, readonly Seen[]]>([
    ['an end was left by an earlier run', [5, 15, 35, 200].map((second): Seen => [second, states(ending(7))])],
    ['a cause is not final', [1, 2, 3, 4].map((attempt): Seen => [attempt * 15, states(ending(attempt, false))])],
    [
      'there were few restarts',
      [
        [5, states(ending(0))],
        [15, states(ending(1))],
        [200, states(ending(2))],
      ],
    ],
    ['the kubelet said it once', [10, 20, 60].map((second): Seen => [second, kubelet('a'), true])],
    ['the kubelet is healthy', [10, 20, 30, 40].map((second): Seen => [second, kubelet(`at ${second}`)])],
    ['what the kubelet says can heal', [10, 20, 30, 40].map((second): Seen => [second, kubelet(`at ${second}`, false), true])],
    [
      'a kubelet that starts no container any more is started again',
      [
        [20, paralysed(missing(undefined))],
        [25, paralysed(missing(undefined))],
        [30, states(missing(undefined))],
        [35, paralysed(missing(undefined))],
        [40, paralysed(missing(undefined))],
      ],
    ],
    [
      'one of the containers is there all the same',
      [20, 30, 40, 50].map((second): Seen => [second, paralysed(missing(undefined), ending(0, false))]),
    ],
    ['nobody is missing whom the kubelet starts', [20, 30, 40, 50].map((second): Seen => [second, paralysed()])],
    [
      'the container runtime comes back',
      [
        [5, { runtimeFault: silent }],
        [30, { runtimeFault: silent }],
        [35, {}],
      ],
    ],
  ])('when %s', (_, looks) => {
    expect(verdictOf(...looks)).toBeUndefined();
  });
});
