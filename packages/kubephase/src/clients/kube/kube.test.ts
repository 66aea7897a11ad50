import { describe, expect, it } from 'vitest';
import { createDryRunKubeApi } from '../dry-run.ts';
import { kubeCases } from './kube.cases.ts';
import { createMemoryKubeApi } from './memory.ts';

kubeCases('the Kubernetes API in memory', createMemoryKubeApi);
kubeCases('the Kubernetes API of a dry run', createDryRunKubeApi);

describe('the Kubernetes API in memory', () => {
  const reference = { apiVersion: 'v1', kind: 'Node', name: 'cp1' } as const;
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1' } };

  it('refuses as often as it is told, then goes on', async () => {
    const kube = createMemoryKubeApi([node]);
    kube.failNext('get', 'KUBE_UNREACHABLE', 2);
    for (let count = 0; count < 2; count += 1) {
      await expect(kube.get(reference)).rejects.toMatchObject({ problem: { code: 'KUBE_UNREACHABLE', summary: 'cannot get Node cp1' } });
    }
    expect(await kube.get(reference)).toMatchObject(node);
    expect(kube.requests).toEqual(['get Node cp1', 'get Node cp1', 'get Node cp1']);
  });

  it('refuses a version on an object to be created, but takes 0 for none', async () => {
    const kube = createMemoryKubeApi();
    await expect(kube.create({ ...node, metadata: { name: 'cp1', resourceVersion: '5' } })).rejects.toMatchObject({
      problem: { code: 'KUBE_INVALID' },
    });
    const unversioned = { ...node, metadata: { name: 'cp1', resourceVersion: '0' } };
    await kube.create(unversioned);
    await kube.replace(unversioned);
    expect(kube.objects()).toHaveLength(1);
  });

  it('refuses a patch that makes no sense', async () => {
    const kube = createMemoryKubeApi([node]);
    await expect(kube.patch(reference, { $patch: 'destroy' })).rejects.toMatchObject({ problem: { code: 'KUBE_INVALID' } });
  });
});

describe('the Kubernetes API of a dry run', () => {
  it('has every Node that is asked for, with its host name', async () => {
    const kube = createDryRunKubeApi();
    expect(await kube.get({ apiVersion: 'v1', kind: 'Node', name: 'cp1' })).toEqual({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'cp1', labels: { 'kubernetes.io/hostname': 'cp1' } },
    });
    await kube.patch({ apiVersion: 'v1', kind: 'Node', name: 'cp1' }, { metadata: { labels: { role: '' } } });
    expect((await kube.get({ apiVersion: 'v1', kind: 'Node', name: 'cp1' }))?.metadata.labels).toEqual({
      'kubernetes.io/hostname': 'cp1',
      role: '',
    });
    expect(await kube.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'none' })).toBeUndefined();
  });
});
