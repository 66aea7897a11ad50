import { describe, expect, it } from 'vitest';
import { container, down, ended, endpoints, from, kubelet, logged, run } from '../../../test/fixtures/waiting-machine.ts';
import { createMemoryKubeApi } from '../../clients/kube/memory.ts';

describe('a machine on which everything comes up', () => {
  it('is reported in the order in which things become healthy, without looking at anything else', async () => {
    const answers = { kubelet: from(90), 'kube-apiserver': from(1400, 500), 'kube-scheduler': from(600) };
    const looked: string[] = [];
    const { lines, problems } = await run({ answers, cri: { containers: async (name) => (looked.push(name), []) } });
    expect(problems).toEqual([]);
    expect(lines).toEqual([
      `waiting up to 4m0s for the kubelet at ${kubelet}`,
      'waiting up to 4m0s for kube-apiserver, kube-controller-manager, kube-scheduler',
      'kube-controller-manager is healthy',
      'the kubelet is healthy after 0.1s',
      expect.stringMatching(/^kube-scheduler is healthy after 0\.[678]s$/),
      expect.stringMatching(/^kube-apiserver is healthy after 1\.[4-9]s$/),
    ]);
    expect(looked).toEqual([]);
  });

  it('is told without times when nothing had to be waited for, as in a dry run', async () => {
    const { lines, endMs } = await run({});
    expect(lines.slice(2).toSorted()).toEqual(
      ['kubelet', ...endpoints.map(({ component }) => component)]
        .map((name) => `${name === 'kubelet' ? 'the kubelet' : name} is healthy`)
        .toSorted(),
    );
    expect(endMs).toBe(0);
  });

  it('is asked with the CA for the API server only, and at the same time', async () => {
    const { requests } = await run({});
    expect(requests.map(({ component, caPem, timeoutMs }) => [component, caPem, timeoutMs])).toEqual([
      ['kubelet', undefined, 10_000],
      ['kube-apiserver', 'CA', 10_000],
      ['kube-controller-manager', undefined, 10_000],
      ['kube-scheduler', undefined, 10_000],
    ]);
  });

  it.each([401, 403])('may have an API server that answers strangers with %i and is asked with credentials', async (status) => {
    const kube = createMemoryKubeApi();
    kube.failNext('get', 'KUBE_UNREACHABLE', 2);
    const { problems } = await run({ answers: { 'kube-apiserver': status }, wait: { kube } });
    expect(problems).toEqual([]);
    expect(kube.requests).toEqual(Array.from({ length: 3 }, () => 'get /livez'));
  });

  it('waits for an API server that tells an administrator which of its parts are not well', async () => {
    const answers = [['poststarthook/rbac/bootstrap-roles'], []];
    const kube = { ...createMemoryKubeApi(), unhealthyParts: async () => answers.shift() ?? [] };
    const { problems } = await run({ answers: { 'kube-apiserver': 403 }, wait: { kube } });
    expect(problems).toEqual([]);
    expect(answers).toEqual([]);
  });

  it('may have no health endpoint of the kubelet', async () => {
    const { lines, requests } = await run({ answers: { kubelet: down }, wait: { kubelet: undefined } });
    expect(requests.map(({ component }) => component)).not.toContain('kubelet');
    expect(lines).not.toContainEqual(expect.stringContaining('kubelet'));
  });
});

describe('the lines of a wait', () => {
  it('tell every five seconds what is missing right now', async () => {
    const { lines } = await run({
      answers: {
        kubelet: from(7000),
        'kube-apiserver': from(17_000),
        'kube-controller-manager': from(12_000),
        'kube-scheduler': from(12_000),
      },
      containers: (nowMs) => {
        if (nowMs < 8000) return [];
        const etcd = nowMs < 12_000 ? [ended('etcd', 1)] : [container('etcd', { attempt: 2 }), ended('etcd', 1)];
        const others = ['kube-controller-manager', 'kube-scheduler'].map((name) => container(name, { state: 'created' }));
        return [...others, ...etcd, container('kube-apiserver')];
      },
      files: { '/log/etcd-1': logged('{"level":"fatal","msg":"discovery failed","error":"something else"}') },
    });
    expect(lines.filter((line) => line.startsWith('still'))).toEqual([
      `still waiting for the kubelet after 5.0s: it does not answer (${down})`,
      'still waiting for etcd after 5.0s: its container has not been created yet (its image is there)',
      'still waiting for kube-apiserver, kube-controller-manager, kube-scheduler after 5.0s: its container has not been created yet',
      'still waiting for etcd after 10.0s: its container ended with exit code 1 after 1 restart: discovery failed: something else',
      `still waiting for kube-apiserver after 10.0s: it does not answer (${down}); its container runs`,
      'still waiting for kube-controller-manager, kube-scheduler after 10.0s: its container was created, but has not started yet',
      'still waiting for etcd after 15.0s: its container runs after 2 restarts; the one before ended with exit code 1: discovery failed: something else',
      `still waiting for kube-apiserver after 15.0s: it does not answer (${down}); its container runs`,
    ]);
  });
});

const said = (second: number, text: string): string =>
  `E1123 02:35:${second}.000000 77 pod_workers.go:1] ${text} pod="kube-system/etcd-cp1"`;

describe('a wait that comes to its deadline', () => {
  it('looks at no container of another Pod, nor of an earlier one of the same name', async () => {
    const { problems } = await run({
      answers: { 'kube-scheduler': down },
      containers: () => [
        { ...ended('kube-scheduler', 7), pod: { namespace: 'tests', name: 'kube-scheduler-x' } },
        container('kube-scheduler'),
        { ...ended('kube-scheduler', 3), id: 'earlier' },
      ],
      files: { '/log/kube-scheduler-3': logged('Error: unknown flag: --old'), '/log/kube-scheduler-0': logged('fine') },
    });
    expect(problems[0]?.detail).toBe(`https://127.0.0.1:10259/livez: it does not answer (${down})\nkube-scheduler: its container runs`);
    expect(problems[0]?.evidence).toEqual([{ title: 'last lines of kube-scheduler, which runs', lines: ['fine'] }]);
  });

  it('explains a kubelet that is down with its last errors and what to do', async () => {
    const error = 'E1123 02:35:31.000000      77 run.go:74] "command failed" err="failed to run Kubelet: something new"';
    const repeated = [30, 31, 32].map((second) => `E1123 02:35:${second}.000000      77 a.go:1] node not found`);
    const answers = { kubelet: down, 'kube-apiserver': down };
    const { problems, endMs } = await run({ answers, kubeletLog: () => [...repeated, error] });
    expect(endMs).toBe(240_000);
    expect(problems).toEqual([
      {
        code: 'KUBELET_UNHEALTHY',
        summary: 'the kubelet did not become healthy within 4m0s',
        detail: `${kubelet}: it does not answer (${down})`,
        evidence: [{ title: 'last errors of the kubelet', lines: [repeated[2], error] }],
        remedy: expect.stringContaining('journalctl -xeu kubelet'),
        where: { object: 'kubelet' },
      },
    ]);
  });

  it('says where no log of the kubelet was found', async () => {
    const { problems } = await run({ answers: { kubelet: 500 } });
    expect(problems[0]).toMatchObject({
      detail: expect.stringMatching(/status 500\nno log of the kubelet was found, neither in the journal nor/),
    });
    expect(problems[0]?.evidence).toBeUndefined();
  });

  it('gives the components their whole time after the kubelet', async () => {
    const { endMs } = await run({ answers: { kubelet: from(100_000), 'kube-scheduler': down } });
    expect(endMs).toBeGreaterThanOrEqual(340_000);
    expect(endMs).toBeLessThan(341_000);
  });

  it('explains an API server by the etcd that it lacks, and leaves the others short', async () => {
    const etcdLine = 'failed to create WAL: write /var/lib/etcd/member/wal.tmp/0.tmp: no space left on device';
    const { problems } = await run({
      answers: { 'kube-apiserver': 500, 'kube-scheduler': down },
      containers: () => [ended('etcd', 5), container('kube-apiserver', { attempt: 2 }), ended('kube-apiserver', 1)],
      files: {
        '/log/etcd-5': logged('starting') + logged(`{"level":"fatal","msg":"${etcdLine}"}`),
        '/log/kube-apiserver-2': logged('I1123 02:35:31.000000       1 a.go:1] serving'),
        '/log/kube-apiserver-1': logged('token abcdef.0123456789abcdef'),
      },
    });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatchObject({
      code: 'CONTROL_PLANE_UNHEALTHY',
      summary: 'kube-apiserver did not become healthy within 4m0s',
      detail: [
        'https://192.0.2.10:6443/livez: it answers with status 500',
        'kube-apiserver: its container runs after 2 restarts; the one before ended with exit code 1',
        'etcd: its container ended with exit code 1 after 5 restarts',
        `likely cause: A file system is full (${etcdLine})`,
      ].join('\n'),
      evidence: [
        { title: 'last lines of etcd, which ended', lines: ['starting', `{"level":"fatal","msg":"${etcdLine}"}`] },
        { title: 'last lines of kube-apiserver, which ended', lines: ['token <masked token>'] },
        { title: 'last lines of kube-apiserver, which runs', lines: [expect.stringContaining('serving')] },
      ],
      remedy: expect.stringMatching(/df -h[^]*crictl --runtime-endpoint unix:\/\/\/run\/c\.sock logs etcd-5[^]*--from wait-control-plane/),
      where: { object: 'kube-apiserver' },
    });
    expect(problems[1]).toMatchObject({
      remedy: 'Mend kube-apiserver first: this component needs it.',
      where: { object: 'kube-scheduler' },
    });
    expect(problems[1]?.evidence).toBeUndefined();
  });

  it('shows what the kubelet said last of a container that it has not started, also without a known cause', async () => {
    const odd = said(32, '"Error syncing pod" err="something odd"');
    const { problems, lines } = await run({
      answers: { 'kube-apiserver': down },
      containers: () => [container('kube-apiserver', { state: 'created' })],
      kubeletLog: () => [
        said(30, '"Error syncing pod" err="something odd"'),
        said(31, '"Failed creating a mirror pod" err="connection refused"'),
        odd,
        said(33, '"Failed creating a mirror pod" err="connection refused"'),
        ...Array.from({ length: 20 }, (_, index) => `E1123 02:35:34.000000 77 a.go:1] other ${index}`),
      ],
    });
    expect(lines).toContain(
      'still waiting for etcd after 5.0s: its container has not been created yet (its image is there): "Error syncing pod" err="something odd" pod="kube-system/etcd-cp1"',
    );
    expect(problems[0]?.evidence?.[0]).toEqual({ title: 'last errors of the kubelet about etcd', lines: [odd] });
  });

  it('explains a container that waits for its next start by the end of the one before', async () => {
    const { problems } = await run({
      answers: { 'kube-scheduler': down },
      containers: () => [
        container('kube-scheduler', { state: 'created', attempt: 2 }),
        container('kube-scheduler', { state: 'exited', attempt: 1, exitCode: 2 }),
      ],
      files: { '/log/kube-scheduler-1': logged('panic: create wal error: no space left on device') },
    });
    expect(problems[0]?.detail).toMatch(
      /\nkube-scheduler: its container was created, but has not started yet; the one before ended with exit code 2\nlikely cause: A file system is full/,
    );
  });

  it('explains a container that was never created by what the kubelet says of it', async () => {
    const line =
      'E1123 02:35:31.000000 77 pod_workers.go:1] "Error syncing pod" err="ErrImagePull: dial tcp 192.0.2.1:443: i/o timeout" pod="kube-system/kube-scheduler-cp1"';
    const { problems } = await run({
      answers: { 'kube-scheduler': down },
      kubeletLog: () => ['E1123 02:35:30.000000 77 a.go:1] other', line],
      files: { '/m/kube-scheduler.yaml': 'spec: {containers: [{image: registry.example/scheduler:v1}]}' },
    });
    expect(problems).toMatchObject([
      {
        detail: expect.stringMatching(
          /\nkube-scheduler: its container has not been created yet \(its image registry\.example\/scheduler:v1 is not there\)\nlikely cause: An image cannot be pulled/,
        ),
        evidence: [{ title: 'last errors of the kubelet' }],
        remedy: expect.stringContaining('crictl --runtime-endpoint unix:///run/c.sock ps -a'),
      },
    ]);
  });
});
