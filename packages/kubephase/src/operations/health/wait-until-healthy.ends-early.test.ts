import { fakeClock } from 'phaserunner/testing';
import { describe, expect, it } from 'vitest';
import { recordingTask } from '../../../test/fixtures/init-context.ts';
import { container, criSocket, down, ended, endpoints, from, kubelet, logged, run } from '../../../test/fixtures/waiting-machine.ts';
import { createMemoryRuntime } from '../../clients/cri/memory.ts';
import type { ContainerStatus } from '../../clients/cri/port.ts';
import type { HealthProbes } from '../../clients/health/port.ts';
import { createMemoryKubeApi } from '../../clients/kube/memory.ts';
import { createMemoryHost, type MemoryHostOptions } from '../../host/memory/host.ts';
import { failure } from '../../problems/catalogue.ts';
import { waitUntilHealthy } from './wait-until-healthy.ts';

const fatal = (second: number): string =>
  `E1123 02:35:${second}.000000      77 run.go:74] "command failed" err="failed to run Kubelet: running with swap on is not supported"`;

/** A line every ten seconds. */
const growingLog = (nowMs: number): readonly string[] => [10, 20, 30, 40].filter((second) => second * 1000 <= nowMs).map(fatal);

const silent = async (): Promise<never> => {
  throw failure('CRI_UNREACHABLE', { summary: 'the container runtime does not answer at unix:///run/c.sock', remedy: 'Start it.' });
};

describe('a wait that ends early', () => {
  const taken = logged('Error: failed to create listener: listen tcp 0.0.0.0:6443: bind: address already in use');

  /** Starts of a container in seconds, as the kubelet delays them more and more. */
  const starts = [0, 1, 12, 33, 75, 160];

  const crashing = (nowMs: number): readonly ContainerStatus[] => {
    const attempt = starts.findLastIndex((second) => nowMs >= second * 1000);
    return [ended('kube-apiserver', attempt), container('etcd')];
  };
  const logs = (text: string): MemoryHostOptions['files'] =>
    Object.fromEntries(starts.map((_, attempt) => [`/log/kube-apiserver-${attempt}`, text]));

  it('was for a component that ends again and again for a reason that stays', async () => {
    const { problems, endMs } = await run({ answers: { 'kube-apiserver': down }, containers: crashing, files: logs(taken) });
    expect(endMs).toBe(35_000);
    expect(problems).toMatchObject([
      {
        code: 'CONTROL_PLANE_UNHEALTHY',
        summary: 'kube-apiserver cannot become healthy: waiting does not help',
        detail: expect.stringMatching(/after 3 restarts\n[^]*likely cause: Another process has the port that it needs/),
      },
    ]);
  });

  it.each([
    ['nobody knows', 'F1123 02:35:31.000000       1 a.go:1] something else'],
    ['can heal', 'F1123 02:35:31.000000 1 a.go:1] dial tcp 127.0.0.1:2379: connect: connection refused'],
    ['is only a warning', 'W1123 02:35:31.000000 1 a.go:1] bind: address already in use'],
  ])('does not end early for a reason that %s', async (_, line) => {
    const { endMs } = await run({ answers: { 'kube-apiserver': down }, containers: crashing, files: logs(logged(line)) });
    expect(endMs).toBe(240_000);
  });

  it('does not end early for a component that comes up after some restarts', async () => {
    const { problems } = await run({
      answers: { 'kube-apiserver': from(34_000) },
      containers: crashing,
      files: logs(taken),
    });
    expect(problems).toEqual([]);
  });

  it('is not for what an earlier run left behind', async () => {
    const { endMs } = await run({
      answers: { 'kube-apiserver': down },
      containers: () => [container('kube-apiserver', { attempt: 9 }), ended('kube-apiserver', 8), container('etcd')],
      files: { '/log/kube-apiserver-8': taken, '/log/kube-apiserver-9': '' },
    });
    expect(endMs).toBe(240_000);
  });

  it('was for a kubelet that says the same again and again', async () => {
    const { problems, endMs } = await run({ answers: { kubelet: down }, kubeletLog: growingLog });
    expect(endMs).toBe(30_000);
    expect(problems).toMatchObject([
      {
        code: 'KUBELET_UNHEALTHY',
        summary: 'the kubelet cannot become healthy: waiting does not help',
        detail: expect.stringContaining('Swap is on'),
        remedy: expect.stringContaining('swapoff -a'),
      },
    ]);
  });

  it('is not for what the kubelet logged before the wait', async () => {
    const { endMs } = await run({ answers: { kubelet: down }, kubeletLog: () => [10, 20, 30, 40].map(fatal) });
    expect(endMs).toBe(240_000);
  });

  describe('with a kubelet that was told to use systemd where none runs', () => {
    // It says so once, before the log is marked, and is healthy from then on.
    const started = 'I1123 04:01:37.469998     476 server.go:1176] Started kubelet';
    const panic = 'E1123 04:01:37.504371     476 runtime.go:76] Observed a panic: systemd cgroup manager not available';
    const waiting = Array.from(
      { length: 30 },
      (_, second) => `E1123 04:01:${second + 10}.575561     476 kubelet.go:2243] node "cp1" not found`,
    );

    it('was for containers that it will not start', async () => {
      const answers = { 'kube-apiserver': down, 'kube-scheduler': down };
      const { problems, lines, endMs } = await run({
        answers,
        kubeletLog: (nowMs) => [started, panic, ...waiting.slice(0, 1 + nowMs / 1000)],
      });
      expect(endMs).toBe(30_000);
      expect(problems).toMatchObject([
        {
          code: 'CONTROL_PLANE_UNHEALTHY',
          summary: 'kube-apiserver cannot become healthy: waiting does not help',
          detail: expect.stringMatching(
            /not been created yet[^]*likely cause: The kubelet and the container runtime do not use the same cgroup/,
          ),
          remedy: expect.stringContaining('Set cgroupDriver in a KubeletConfiguration'),
        },
      ]);
      expect(lines).toContain(
        'still waiting for kube-apiserver, kube-scheduler after 5.0s: its container has not been created yet: Observed a panic: systemd cgroup manager not available',
      );
    });

    it('is not once it was started again', async () => {
      const { endMs } = await run({ answers: { 'kube-apiserver': down }, kubeletLog: () => [started, panic, started, ...waiting] });
      expect(endMs).toBe(240_000);
    });
  });

  it('was for a container runtime that stays silent', async () => {
    const { problems, endMs, lines } = await run({ answers: { 'kube-apiserver': down }, cri: { containers: silent } });
    expect(endMs).toBe(35_000);
    expect(problems).toMatchObject([{ code: 'CRI_UNREACHABLE', remedy: 'Start it.' }]);
    expect(lines).toContain(
      `still waiting for kube-apiserver after 5.0s: it does not answer (${down}); the container runtime does not answer at unix:///run/c.sock`,
    );
  });

  it.each([
    ['credentials that are not accepted', 'KUBE_UNAUTHORIZED'],
    ['a server of another cluster', 'KUBE_UNTRUSTED'],
  ] as const)('was for %s', async (_, code) => {
    const kube = createMemoryKubeApi();
    kube.failNext('get', code, 10_000);
    const { problems, endMs } = await run({ answers: { 'kube-apiserver': 401, 'kube-scheduler': down }, wait: { kube } });
    expect(problems).toMatchObject([
      {
        code: 'CONTROL_PLANE_UNHEALTHY',
        summary: 'kube-apiserver cannot become healthy: waiting does not help',
        detail: expect.stringContaining('it refuses: cannot get'),
      },
    ]);
    expect(endMs).toBeGreaterThanOrEqual(30_000);
    expect(endMs).toBeLessThan(40_000);
  });

  it('is not for a server of an earlier run that is replaced', async () => {
    const kube = createMemoryKubeApi();
    kube.failNext('get', 'KUBE_UNAUTHORIZED', 10);
    const answers = { 'kube-apiserver': from(20_000, 401), 'kube-scheduler': from(60_000) };
    expect((await run({ answers, wait: { kube } })).problems).toEqual([]);
  });

  it('was for a server whose certificate is not of this cluster', async () => {
    const untrusted = failure('HEALTH_UNTRUSTED', { summary: 'what answers is not it', detail: 'self-signed certificate' });
    const health: HealthProbes = {
      status: async ({ component }) => {
        if (component === 'kube-apiserver') throw untrusted;
        return 200;
      },
    };
    const { problems, endMs } = await run({ wait: { health } });
    expect(problems).toMatchObject([{ detail: expect.stringContaining('what answers is not it (self-signed certificate)') }]);
    expect(endMs).toBeLessThan(40_000);
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const clock = fakeClock();
    const health: HealthProbes = { status: async () => 500 };
    const host = createMemoryHost();
    const outcome = waitUntilHealthy({
      kubelet: { url: kubelet, deadlineMs: 10_000 },
      components: { endpoints, deadlineMs: 10_000, caPem: undefined },
      health,
      kube: createMemoryKubeApi(),
      cri: createMemoryRuntime(),
      host,
      manifests: '/m',
      criSocket,
      task: recordingTask(controller.signal),
      clock,
    }).catch((reason: unknown) => reason);
    await clock.advance(1000);
    controller.abort(new Error('stopped'));
    await clock.advance(1000);
    expect(await outcome).toEqual(new Error('stopped'));
    expect(clock.waiting()).toBe(0);
  });
});
