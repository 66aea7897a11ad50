/** Records every write to the Kubernetes API as an action, without secrets. */
import type { Action } from 'phaserunner';
import { maskObject } from './mask.ts';
import { describeReference, referenceTo, type KubeApi } from './port.ts';

/** Returns `kube` with its writes recorded. An action follows the write; a write that failed leaves none. */
export function recordKube(kube: KubeApi, record: (action: Action) => void): KubeApi {
  return {
    get: (reference) => kube.get(reference),
    list: (query) => kube.list(query),
    unhealthyParts: () => kube.unhealthyParts(),
    create: async (object) => {
      const created = await kube.create(object);
      const summary = `create ${describeReference(referenceTo(object))}`;
      record({ kind: 'create-object', summary, object: maskObject(object, object.kind) });
      return created;
    },
    replace: async (object) => {
      const replaced = await kube.replace(object);
      const summary = `replace ${describeReference(referenceTo(object))}`;
      record({ kind: 'replace-object', summary, object: maskObject(object, object.kind) });
      return replaced;
    },
    patch: async (reference, patch) => {
      const patched = await kube.patch(reference, patch);
      const { apiVersion, kind, name, namespace } = reference;
      const metadata = namespace === undefined ? { name } : { name, namespace };
      const summary = `patch ${describeReference(reference)}`;
      record({ kind: 'patch-object', summary, object: { apiVersion, kind, metadata }, patch: maskObject(patch, kind) });
      return patched;
    },
  };
}
