/** An API server in memory: what kubephase needs of one, with the refusals of a real one. */
import { PatchFault } from '../../formats/patch/json.ts';
import { schemaOf } from '../../formats/patch/schemas.ts';
import { strategicMerge } from '../../formats/patch/strategic.ts';
import { kubeFailure, type KubeCode, type KubeRequest, type KubeVerb } from './failure.ts';
import { describeReference, referenceTo, type KubeApi, type KubeObject, type ObjectReference } from './port.ts';

export interface MemoryKubeApi extends KubeApi {
  /** Everything stored, sorted by kind, namespace and name. */
  objects(): readonly KubeObject[];
  /** Requests so far, such as `create ConfigMap kube-system/kubeadm-config`, refused ones included. */
  readonly requests: readonly string[];
  /** Refuses the next `times` requests with this verb. */
  failNext(verb: KubeVerb, code: KubeCode, times?: number): void;
}

/** Kinds whose `roleRef` can never be changed. */
const bindings = new Set(['RoleBinding', 'ClusterRoleBinding']);

/** Starts with `objects`, as if they had been created one after the other. */
export function createMemoryKubeApi(objects: readonly KubeObject[] = []): MemoryKubeApi {
  const stored = new Map<string, KubeObject>();
  const requests: string[] = [];
  const refusals: { readonly verb: KubeVerb; readonly code: KubeCode }[] = [];
  let version = 0;
  const begin = (request: KubeRequest): void => {
    requests.push(`${request.verb} ${request.object}`);
    const index = refusals.findIndex(({ verb }) => verb === request.verb);
    const [refusal] = index < 0 ? [] : refusals.splice(index, 1);
    if (refusal !== undefined) throw kubeFailure(refusal.code, request, 'refused by the test');
  };
  /** Stores a copy with a new version; returns another copy. */
  const put = (object: KubeObject, uid: string): KubeObject => {
    version += 1;
    const metadata = { ...object.metadata, uid, resourceVersion: String(version) };
    stored.set(keyOf(referenceTo(object)), structuredClone({ ...object, metadata }));
    return structuredClone({ ...object, metadata });
  };
  const create = (object: KubeObject, request: KubeRequest): KubeObject => {
    if (isVersioned(object)) throw kubeFailure('KUBE_INVALID', request, 'resourceVersion must not be set on objects to be created');
    if (stored.has(keyOf(referenceTo(object)))) throw kubeFailure('KUBE_ALREADY_EXISTS', request, `${request.object} exists`);
    return put(object, uidFrom(version + 1));
  };
  const require = (reference: ObjectReference, request: KubeRequest): KubeObject => {
    const object = stored.get(keyOf(reference));
    if (object === undefined) throw kubeFailure('KUBE_NOT_FOUND', request, `${request.object} does not exist`);
    return object;
  };
  for (const object of objects) create(object, requestFor('create', referenceTo(object)));
  return {
    requests,
    objects: () => [...stored].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => structuredClone(object)),
    failNext: (verb, code, times = 1) => {
      for (let count = 0; count < times; count += 1) refusals.push({ verb, code });
    },
    get: async (reference) => {
      begin(requestFor('get', reference));
      return structuredClone(stored.get(keyOf(reference)));
    },
    list: async ({ apiVersion, kind, namespace, labels = {} }) => {
      begin({ verb: 'list', object: kind });
      return [...stored]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, object]) => object)
        .filter((object) => object.apiVersion === apiVersion && object.kind === kind)
        .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
        .filter(({ metadata }) => Object.entries(labels).every(([name, value]) => metadata.labels?.[name] === value))
        .map((object) => structuredClone(object));
    },
    create: async (object) => {
      const request = requestFor('create', referenceTo(object));
      begin(request);
      return create(object, request);
    },
    replace: async (object) => {
      const request = requestFor('replace', referenceTo(object));
      begin(request);
      const current = require(referenceTo(object), request);
      requireSameVersion(object, current, request);
      requireSameRole(object, current, request);
      return put(object, current.metadata.uid ?? '');
    },
    unhealthyParts: async () => {
      begin({ verb: 'get', object: '/livez' });
      return [];
    },
    patch: async (reference, patch) => {
      const request = requestFor('patch', reference);
      begin(request);
      const current = require(reference, request);
      const merged = merge(current, patch, request);
      requireSameVersion(merged, current, request);
      return JSON.stringify(merged) === JSON.stringify(current) ? structuredClone(current) : put(merged, current.metadata.uid ?? '');
    },
  };
}

function requestFor(verb: KubeVerb, reference: ObjectReference): KubeRequest {
  return { verb, object: describeReference(reference) };
}

function keyOf({ apiVersion, kind, namespace, name }: ObjectReference): string {
  return JSON.stringify([kind, apiVersion, namespace ?? '', name]);
}

/** An API server counts `0` like no version. */
function isVersioned({ metadata }: KubeObject): boolean {
  return metadata.resourceVersion !== undefined && metadata.resourceVersion !== '' && metadata.resourceVersion !== '0';
}

function requireSameVersion(object: KubeObject, current: KubeObject, request: KubeRequest): void {
  if (isVersioned(object) && object.metadata.resourceVersion !== current.metadata.resourceVersion) {
    throw kubeFailure('KUBE_CONFLICT', request, 'the object has been modified; apply the change to its latest version');
  }
}

function requireSameRole(object: KubeObject, current: KubeObject, request: KubeRequest): void {
  if (bindings.has(object.kind) && JSON.stringify(object['roleRef']) !== JSON.stringify(current['roleRef'])) {
    throw kubeFailure('KUBE_INVALID', request, 'roleRef cannot be changed');
  }
}

function merge(current: KubeObject, patch: Readonly<Record<string, unknown>>, request: KubeRequest): KubeObject {
  try {
    return strategicMerge(current, patch, schemaOf(current.apiVersion, current.kind)) as unknown as KubeObject;
  } catch (error) {
    if (error instanceof PatchFault) throw kubeFailure('KUBE_INVALID', request, error.message);
    throw error;
  }
}

/** Unique within one store, and the same in every run. */
function uidFrom(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
