/** The API of a rehearsal: objects live in memory, and every Node that is asked for seems to be there. */
import { createMemoryKubeApi } from '../memory/api.ts';
import type { KubeApi, KubeObject, ObjectReference } from '../port.ts';

/** Set by the kubelet; writers wait for it before they change a Node. */
const hostNameLabel = 'kubernetes.io/hostname';

/** Nothing leaves this process. */
export function createDryRunKubeApi(): KubeApi {
  const store = createMemoryKubeApi();
  return {
    ...store,
    get: async (reference) => (await store.get(reference)) ?? (isNode(reference) ? syntheticNode(reference.name) : undefined),
    patch: async (reference, patch) => {
      if (isNode(reference) && (await store.get(reference)) === undefined) await store.create(syntheticNode(reference.name));
      return store.patch(reference, patch);
    },
  };
}

function isNode({ apiVersion, kind }: ObjectReference): boolean {
  return apiVersion === 'v1' && kind === 'Node';
}

/** What a kubelet with its default settings would register, as far as writers look at it. */
function syntheticNode(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { [hostNameLabel]: name } } };
}
