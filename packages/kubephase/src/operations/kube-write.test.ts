import type { Clock } from 'phaserunner';
import { describe, expect, it } from 'vitest';
import { recordingTask } from '../../test/fixtures/init-context.ts';
import { createMemoryKubeApi } from '../clients/kube/memory.ts';
import type { KubeObject } from '../clients/kube/port.ts';
import { failure } from '../problems/catalogue.ts';
import { createOrMutate, createOrRetain, createOrUpdate, patchNode } from './kube-write.ts';

/** A clock whose waits are over at once. */
function quickClock(): Clock {
  let nowMs = 0;
  return {
    now: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  };
}

const window = { windowMs: 5000, clock: quickClock() };
const map = (data: Record<string, string>, extra: Partial<KubeObject['metadata']> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'kube-system', name: 'config', ...extra },
  data,
});
const name = 'ConfigMap kube-system/config';
const binding = (role: string): KubeObject => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'binding' },
  roleRef: { kind: 'ClusterRole', name: role },
});
const addOurs = (existing: KubeObject): KubeObject => ({
  ...existing,
  data: { ...(existing['data'] as object | undefined), ours: 'new' },
});

const node = (labels: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'cp1', labels },
  spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] },
});
const mark = (existing: KubeObject): KubeObject => ({
  ...existing,
  metadata: { ...existing.metadata, labels: { ...existing.metadata.labels, role: '' } },
  spec: {
    taints: [
      { key: 'role', effect: 'NoSchedule' },
      { key: 'x', effect: 'NoSchedule' },
    ],
  },
});

describe('createOrUpdate', () => {
  it('creates what does not exist', async () => {
    const kube = createMemoryKubeApi();
    await createOrUpdate(kube, map({ a: '1' }), window);
    expect(kube.requests).toEqual([`create ${name}`]);
    expect(kube.objects()).toMatchObject([{ data: { a: '1' } }]);
  });

  it('replaces what exists without reading it, and drops what others added', async () => {
    const kube = createMemoryKubeApi([map({ a: '1', jws: 'signed' }, { labels: { added: 'by others' } })]);
    await createOrUpdate(kube, map({ a: '2' }), window);
    expect(kube.requests).toEqual([`create ${name}`, `replace ${name}`]);
    expect(kube.objects().at(0)?.['data']).toEqual({ a: '2' });
    expect(kube.objects().at(0)?.metadata.labels).toBeUndefined();
  });

  it('tries again after a refusal, while the API server makes the roles', async () => {
    const kube = createMemoryKubeApi();
    kube.failNext('create', 'KUBE_UNREACHABLE');
    kube.failNext('create', 'KUBE_FORBIDDEN', 2);
    await createOrUpdate(kube, map({ a: '1' }), window);
    expect(kube.requests).toHaveLength(4);
  });

  it('tells every few seconds why it does not work yet', async () => {
    const kube = createMemoryKubeApi();
    kube.failNext('create', 'KUBE_UNREACHABLE', 1000);
    const task = recordingTask();
    await expect(createOrUpdate(kube, map({}), { windowMs: 12_000, clock: quickClock(), task })).rejects.toThrow('could not write');
    expect(task.lines).toHaveLength(2);
    expect(task.lines[0]).toMatch(
      /^still trying to write ConfigMap kube-system\/config after 5(\.\d)?s: cannot create .*: refused by the test$/,
    );
  });

  it.each(['KUBE_UNAUTHORIZED', 'KUBE_UNTRUSTED'] as const)('takes %s for an answer', async (code) => {
    const kube = createMemoryKubeApi();
    kube.failNext('create', code, 2);
    await expect(createOrUpdate(kube, map({}), window)).rejects.toMatchObject({ problem: { code } });
    expect(kube.requests).toHaveLength(1);
  });

  it('does not try again with a kubeconfig that cannot be used', async () => {
    const broken = failure('KUBECONFIG_INVALID', { summary: 'there is no kubeconfig file /none' });
    const kube = { ...createMemoryKubeApi(), create: () => Promise.reject(broken) };
    await expect(createOrUpdate(kube, map({}), window)).rejects.toBe(broken);
  });

  it('ends with the reason of the signal', async () => {
    const task = recordingTask(AbortSignal.abort(new Error('stopped by the test')));
    await expect(createOrUpdate(createMemoryKubeApi(), map({}), { ...window, task })).rejects.toThrow('stopped by the test');
  });

  it('names the object, the time and the last cause when the time is over', async () => {
    const kube = createMemoryKubeApi();
    kube.failNext('create', 'KUBE_FORBIDDEN', 100);
    await expect(createOrUpdate(kube, map({}), { windowMs: 0, clock: quickClock() })).rejects.toMatchObject({
      problem: {
        code: 'KUBE_WRITE_TIMED_OUT',
        summary: `could not write ${name} within 0.0s`,
        detail: `cannot create ${name}: refused by the test`,
        remedy: expect.stringContaining('kubeconfig'),
        where: { object: name },
        cause: { problem: { code: 'KUBE_FORBIDDEN' } },
      },
    });
  });

  it('cannot change the role of a binding', async () => {
    const kube = createMemoryKubeApi([binding('one')]);
    await createOrUpdate(kube, binding('one'), window);
    await expect(createOrUpdate(kube, binding('two'), window)).rejects.toMatchObject({
      problem: { detail: expect.stringContaining('roleRef') },
    });
  });
});

describe('createOrMutate', () => {
  it('creates what does not exist', async () => {
    const kube = createMemoryKubeApi();
    await createOrMutate(kube, map({ ours: 'new' }), { ...window, mutate: addOurs });
    expect(kube.objects()).toMatchObject([{ data: { ours: 'new' } }]);
  });

  it('keeps what others have in the object', async () => {
    const kube = createMemoryKubeApi([map({ ours: 'old', theirs: 'kept' })]);
    await createOrMutate(kube, map({ ours: 'new' }), { ...window, mutate: addOurs });
    expect(kube.requests).toEqual([`create ${name}`, `get ${name}`, `replace ${name}`]);
    expect(kube.objects().at(0)?.['data']).toEqual({ ours: 'new', theirs: 'kept' });
  });

  it('starts over when somebody else was faster', async () => {
    const kube = createMemoryKubeApi([map({ ours: 'old' })]);
    let meddled = false;
    const racing = {
      ...kube,
      get: async (...args: Parameters<typeof kube.get>) => {
        const found = await kube.get(...args);
        if (!meddled) await kube.replace(map({ ours: 'old', theirs: 'added meanwhile' }));
        meddled = true;
        return found;
      },
    };
    await createOrMutate(racing, map({ ours: 'new' }), { ...window, mutate: addOurs });
    expect(kube.objects().at(0)?.['data']).toEqual({ ours: 'new', theirs: 'added meanwhile' });
  });
});

describe('createOrRetain', () => {
  it('creates what does not exist and leaves alone what does', async () => {
    const kube = createMemoryKubeApi();
    await createOrRetain(kube, map({ a: '1' }), window);
    await createOrRetain(kube, map({ a: '2' }), window);
    expect(kube.objects()).toMatchObject([{ data: { a: '1' } }]);
    expect(kube.requests).toEqual([`get ${name}`, `create ${name}`, `get ${name}`]);
  });
});

describe('patchNode', () => {
  const registered = { 'kubernetes.io/hostname': 'cp1' };

  it('sends only what changes', async () => {
    const kube = createMemoryKubeApi([node(registered)]);
    const patches: unknown[] = [];
    const recording: typeof kube = { ...kube, patch: (reference, patch) => (patches.push(patch), kube.patch(reference, patch)) };
    await patchNode(recording, 'cp1', { ...window, mutate: mark });
    expect(patches).toEqual([
      {
        metadata: { labels: { role: '' } },
        spec: {
          taints: [
            { key: 'role', effect: 'NoSchedule' },
            { key: 'x', effect: 'NoSchedule' },
          ],
        },
      },
    ]);
    expect(kube.objects()[0]).toMatchObject({
      metadata: { labels: { ...registered, role: '' } },
      spec: { taints: [{ key: 'role' }, { key: 'x' }] },
    });
  });

  it('sends nothing when the Node is as it should be', async () => {
    const kube = createMemoryKubeApi([mark(node(registered))]);
    await patchNode(kube, 'cp1', { ...window, mutate: mark });
    expect(kube.requests).toEqual(['get Node cp1']);
  });

  it('waits until the kubelet has registered the Node', async () => {
    const kube = createMemoryKubeApi();
    const clock = quickClock();
    let pauses = 0;
    const arriving: Clock = {
      now: () => clock.now(),
      sleep: async (ms) => {
        pauses += 1;
        await clock.sleep(ms);
        if (pauses === 2) await kube.create(node({}));
        if (pauses === 4) await kube.replace(node(registered));
      },
    };
    await patchNode(kube, 'cp1', { windowMs: 60_000, clock: arriving, mutate: mark });
    expect(pauses).toBe(4);
    expect(kube.objects().at(0)?.metadata.labels).toEqual({ ...registered, role: '' });
  });

  it.each([
    ['the Node never appears', [], 'Node cp1 does not exist'],
    ['its host name label never appears', [node({})], 'Node cp1 has no label kubernetes.io/hostname'],
  ])('fails when %s', async (_, objects, detail) => {
    const kube = createMemoryKubeApi(objects);
    await expect(patchNode(kube, 'cp1', { ...window, clock: quickClock(), mutate: mark })).rejects.toMatchObject({
      problem: { code: 'KUBE_WRITE_TIMED_OUT', detail: expect.stringContaining(detail), where: { object: 'Node cp1' } },
    });
    expect(kube.requests.filter((request) => request.startsWith('patch'))).toEqual([]);
  });
});
