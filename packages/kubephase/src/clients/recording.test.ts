import type { Action } from 'phaserunner';
import { describe, expect, it } from 'vitest';
import { createDryRunKubeApi } from './dry-run.ts';
import { createMemoryKubeApi } from './kube/memory.ts';
import type { KubeApi, KubeObject } from './kube/port.ts';
import { recordKube } from './recording.ts';

const map: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'kube-system', name: 'kubeadm-config' },
  data: { a: '1' },
};
const node: KubeObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1', labels: { 'kubernetes.io/hostname': 'cp1' } } };

describe('recordKube', () => {
  it.each<[string, () => KubeApi]>([
    ['in memory', () => createMemoryKubeApi([node])],
    ['of a dry run', createDryRunKubeApi],
  ])('records the writes to an API %s, after they succeeded', async (_, make) => {
    const actions: Action[] = [];
    const kube = recordKube(make(), (action) => actions.push(action));
    await kube.create(map);
    await expect(kube.create(map)).rejects.toThrow('cannot create');
    await kube.replace({ ...map, data: { a: '2' } });
    await kube.patch({ apiVersion: 'v1', kind: 'Node', name: 'cp1' }, { metadata: { labels: { role: '' } } });
    await kube.get({ apiVersion: 'v1', kind: 'Node', name: 'cp1' });
    await kube.list({ apiVersion: 'v1', kind: 'Node' });
    expect(actions).toEqual([
      { kind: 'create-object', summary: 'create ConfigMap kube-system/kubeadm-config', object: map },
      { kind: 'replace-object', summary: 'replace ConfigMap kube-system/kubeadm-config', object: { ...map, data: { a: '2' } } },
      {
        kind: 'patch-object',
        summary: 'patch Node cp1',
        object: { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1' } },
        patch: { metadata: { labels: { role: '' } } },
      },
    ]);
  });

  it('sends secrets and records none', async () => {
    const actions: Action[] = [];
    const store = createMemoryKubeApi();
    const kube = recordKube(store, (action) => actions.push(action));
    const secret: KubeObject = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'kube-system', name: 's' },
      data: { key: 'aGlkZGVu' },
    };
    await kube.create(secret);
    await kube.replace(secret);
    await kube.patch({ apiVersion: 'v1', kind: 'Secret', namespace: 'kube-system', name: 's' }, { data: { other: 'aGlkZGVu' } });
    expect(store.objects().at(0)?.['data']).toEqual({ key: 'aGlkZGVu', other: 'aGlkZGVu' });
    expect(actions).toHaveLength(3);
    expect(JSON.stringify(actions)).not.toContain('aGlkZGVu');
  });
});
