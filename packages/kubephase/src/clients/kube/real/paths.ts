/** Where objects stand in the API of a server. */
import type { ObjectReference } from '../port.ts';

/** Resources of the kinds that phases use. Any other kind costs one more request, which asks the server. */
const resources: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  v1: {
    ConfigMap: 'configmaps',
    Namespace: 'namespaces',
    Node: 'nodes',
    Pod: 'pods',
    Secret: 'secrets',
    Service: 'services',
    ServiceAccount: 'serviceaccounts',
  },
  'apps/v1': { DaemonSet: 'daemonsets', Deployment: 'deployments' },
  'batch/v1': { Job: 'jobs' },
  'rbac.authorization.k8s.io/v1': {
    ClusterRole: 'clusterroles',
    ClusterRoleBinding: 'clusterrolebindings',
    Role: 'roles',
    RoleBinding: 'rolebindings',
  },
};

/** What a resource is called by. */
type Kind = Pick<ObjectReference, 'apiVersion' | 'kind'>;

/** Name of the resource in paths, or undefined for kinds that only the server knows. */
export function knownResource({ apiVersion, kind }: Kind): string | undefined {
  return resources[apiVersion]?.[kind];
}

/** Path under which everything of `apiVersion` stands. Asked for itself, it answers with the resources that are there. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/')
    ? `/apis/${apiVersion.split('/').map(encodeURIComponent).join('/')}`
    : `/api/${encodeURIComponent(apiVersion)}`;
}

/** Finds the resource of `kind` in the server's list of an API version: the one that is not part of another. */
export function resourceIn(list: unknown, kind: string): string | undefined {
  const { resources: found } = list as { readonly resources?: readonly { readonly name: string; readonly kind: string }[] };
  return found?.find((resource) => resource.kind === kind && !resource.name.includes('/'))?.name;
}

/** Path of all objects of a resource, in one namespace or in all. */
export function collectionPath({ apiVersion, namespace }: Pick<ObjectReference, 'apiVersion' | 'namespace'>, resource: string): string {
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${groupPath(apiVersion)}${scope}/${resource}`;
}

export function objectPath(reference: ObjectReference, resource: string): string {
  return `${collectionPath(reference, resource)}/${encodeURIComponent(reference.name)}`;
}
