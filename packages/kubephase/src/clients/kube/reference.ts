/** Names of Kubernetes objects: as references, and as users read them. */
import type { KubeObject, ObjectReference } from './port.ts';

export function referenceTo(object: KubeObject): ObjectReference {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** `ConfigMap kube-system/kubeadm-config`, or `Node cp1` for what has no namespace. */
export function describeReference({ kind, name, namespace }: ObjectReference): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
