import { isProblemError, type Problem } from 'phaserunner';
import { fakeClock } from 'phaserunner/testing';
import { expect, test } from 'vitest';
import { recordingTask } from '../../../test/fixtures/init-context.ts';
import type { HealthProbes, HealthRequest } from '../../clients/health/port.ts';
import { createMemoryKubeApi } from '../../clients/kube/memory/api.ts';
import { failure } from '../../problems/catalogue.ts';
import { waitForComponents } from './wait-for-components.ts';
import { waitForKubelet } from './wait-for-kubelet.ts';

const kubelet = 'http://127.0.0.1:10248/healthz';
const endpoints = [
  { component: 'kube-apiserver', url: 'https://192.0.2.10:6443/livez' },
  { component: 'kube-controller-manager', url: 'https://127.0.0.1:10257/healthz' },
  { component: 'kube-scheduler', url: 'https://127.0.0.1:10259/livez' },
];

/** Answers by component: one answer a look, the last one for ever. A text is a refused connection. */
function probes(answers: Readonly<Record<string, readonly (number | string)[]>>) {
  const requests: HealthRequest[] = [];
  const seen = new Map<string, number>();
  const health: HealthProbes = {
    status: async (request) => {
      requests.push(request);
      const count = seen.get(request.component) ?? 0;
      seen.set(request.component, count + 1);
      const list = answers[request.component] ?? [200];
      const answer = list[Math.min(count, list.length - 1)] ?? 200;
      if (typeof answer === 'number') return answer;
      throw failure('HEALTH_UNREACHABLE', { summary: `${request.component} does not answer`, detail: answer });
    },
  };
  return { health, requests };
}

interface Outcome {
  readonly lines: readonly string[];
  readonly problems: readonly Problem[];
}

async function outcomeOf(
  wait: (setting: { task: ReturnType<typeof recordingTask>; clock: ReturnType<typeof fakeClock> }) => Promise<void>,
): Promise<Outcome> {
  const task = recordingTask();
  const clock = fakeClock();
  const outcome = wait({ task, clock }).catch((reason: unknown) => reason);
  await clock.advance(60_000);
  const error = await outcome;
  if (error !== undefined && !isProblemError(error)) throw error;
  return { lines: task.lines, problems: error?.problems ?? [] };
}

test('a kubelet that comes up is reported', async () => {
  const { health } = probes({ kubelet: ['ECONNREFUSED', 500, 200] });
  const { lines, problems } = await outcomeOf((setting) => waitForKubelet(kubelet, { health, deadlineMs: 20_000, ...setting }));
  expect(problems).toEqual([]);
  expect(lines).toEqual([expect.stringContaining(`up to 20s for the kubelet at ${kubelet}`), 'the kubelet is healthy after 1s']);
});

test('every few seconds a line tells what is missing', async () => {
  const { health } = probes({ kubelet: ['ECONNREFUSED'] });
  const { lines } = await outcomeOf((setting) => waitForKubelet(kubelet, { health, deadlineMs: 20_000, ...setting }));
  expect(lines.slice(1)).toEqual(
    [5, 10, 15].map((at) => `still waiting for the kubelet after ${at}s: kubelet does not answer: ECONNREFUSED`),
  );
});

test.each([
  ['does not answer', 'ECONNREFUSED', 'It does not run'],
  ['is not well', 500, 'It runs'],
])('a kubelet that %s fails with cause and next commands', async (_, answer, cause) => {
  const { health } = probes({ kubelet: [answer] });
  const { problems } = await outcomeOf((setting) => waitForKubelet(kubelet, { health, deadlineMs: 10_000, ...setting }));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: 'KUBELET_UNHEALTHY', summary: expect.stringContaining('10s') as string });
  expect(problems[0]?.detail).toContain(String(answer));
  expect(problems[0]?.detail).toContain(`curl -sSL ${kubelet}`);
  expect(problems[0]?.detail).toContain(cause);
  expect(problems[0]?.remedy).toContain('journalctl -xeu kubelet');
});

function waitAll(answers: Parameters<typeof probes>[0], kube = createMemoryKubeApi()) {
  const { health, requests } = probes(answers);
  const wait = { health, kube, deadlineMs: 10_000, caPem: 'CA', criSocket: 'unix:///run/c.sock' };
  return { requests, outcome: outcomeOf((setting) => waitForComponents(endpoints, { ...wait, ...setting })) };
}

test('the components are asked at the same time and reported as they come up', async () => {
  const { outcome, requests } = waitAll({ 'kube-apiserver': [500, 500, 200], 'kube-scheduler': ['ECONNREFUSED', 200] });
  const { lines, problems } = await outcome;
  expect(problems).toEqual([]);
  expect(lines.slice(1)).toEqual([
    'kube-controller-manager is healthy after 0s',
    'kube-scheduler is healthy after 500ms',
    'kube-apiserver is healthy after 1s',
  ]);
  expect(requests.slice(0, 3).map(({ component, caPem }) => [component, caPem])).toEqual([
    ['kube-apiserver', 'CA'],
    ['kube-controller-manager', undefined],
    ['kube-scheduler', undefined],
  ]);
});

test('all components that do not come up are reported together', async () => {
  const { problems } = await waitAll({ 'kube-apiserver': [500], 'kube-scheduler': ['ECONNREFUSED'] }).outcome;
  expect(problems.map(({ code, where }) => [code, where?.object])).toEqual([
    ['CONTROL_PLANE_UNHEALTHY', 'kube-apiserver'],
    ['CONTROL_PLANE_UNHEALTHY', 'kube-scheduler'],
  ]);
  expect(problems[0]?.detail).toContain('etcd');
  expect(problems[1]?.remedy).toContain('crictl --runtime-endpoint unix:///run/c.sock logs CONTAINERID');
});

test.each([401, 403])('an API server that answers strangers with %i is asked with credentials', async (status) => {
  const kube = createMemoryKubeApi();
  kube.failNext('get', 'KUBE_UNREACHABLE', 2);
  const { problems } = await waitAll({ 'kube-apiserver': [status] }, kube).outcome;
  expect(problems).toEqual([]);
  expect(kube.requests).toEqual(Array.from({ length: 3 }, () => 'get Namespace kube-system'));
});

test('a cancelled wait ends with the reason of the signal', async () => {
  const controller = new AbortController();
  const { health } = probes({ 'kube-scheduler': [500] });
  const clock = fakeClock();
  const wait = { health, kube: createMemoryKubeApi(), deadlineMs: 10_000, caPem: undefined, criSocket: 'x', clock };
  const outcome = waitForComponents(endpoints, { ...wait, task: recordingTask(controller.signal) }).catch((reason: unknown) => reason);
  await clock.advance(1000);
  controller.abort(new Error('stopped'));
  await clock.advance(1000);
  expect(await outcome).toEqual(new Error('stopped'));
});
