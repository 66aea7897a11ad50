import { describe, expect, it } from 'vitest';
import { kubeCases } from './kube.cases.ts';
import { createLazyKubeApi } from './lazy.ts';
import { createMemoryKubeApi } from './memory.ts';
import type { KubeApi } from './port.ts';

const reference = { apiVersion: 'v1', kind: 'Node', name: 'cp1' } as const;

kubeCases('the Kubernetes API connected to late', () => createLazyKubeApi(async () => createMemoryKubeApi()));

describe('createLazyKubeApi', () => {
  it('connects at the first request, not before, and only once', async () => {
    let connections = 0;
    const kube = createLazyKubeApi(async () => {
      connections += 1;
      return createMemoryKubeApi();
    });
    expect(connections).toBe(0);
    await kube.get(reference);
    await kube.get(reference);
    expect(connections).toBe(1);
  });

  it('connects once for requests that come together', async () => {
    const memory = createMemoryKubeApi();
    const waiting: ((kube: KubeApi) => void)[] = [];
    const kube = createLazyKubeApi(() => new Promise((resolve) => waiting.push(resolve)));
    const answers = Promise.all([kube.get(reference), kube.get(reference)]);
    for (const resolve of waiting) resolve(memory);
    await answers;
    expect(waiting).toHaveLength(1);
    expect(memory.requests).toEqual(['get Node cp1', 'get Node cp1']);
  });

  it('fails all requests that wait for a connection that fails, and connects again for the next', async () => {
    let connections = 0;
    const kube = createLazyKubeApi(async () => {
      connections += 1;
      if (connections === 1) throw new Error('no kubeconfig file');
      return createMemoryKubeApi();
    });
    const [first, second] = await Promise.allSettled([kube.get(reference), kube.get(reference)]);
    expect([first, second].map((result) => result.status === 'rejected' && String(result.reason))).toEqual([
      'Error: no kubeconfig file',
      'Error: no kubeconfig file',
    ]);
    expect(await kube.get(reference)).toBeUndefined();
    expect(connections).toBe(2);
  });
});
