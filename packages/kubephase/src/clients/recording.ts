/** Record what is changed through the clients as actions, the same in a real run and in a dry run, without secrets. */
import type { Action } from 'phaserunner';
import type { ContainerRuntime } from './cri/port.ts';
import type { EtcdCluster } from './etcd/port.ts';
import type { HealthProbes } from './health/port.ts';
import { maskObject } from './kube/mask.ts';
import { describeReference, referenceTo, type KubeApi } from './kube/port.ts';

/** Returns `runtime` with its pulls recorded. An action follows the pull; a pull that failed leaves none. */
export function recordRuntime(runtime: ContainerRuntime, record: (action: Action) => void): ContainerRuntime {
  return {
    version: () => runtime.version(),
    unreadiness: () => runtime.unreadiness(),
    tellsCgroupDriver: () => runtime.tellsCgroupDriver(),
    sandboxImage: () => runtime.sandboxImage(),
    hasImage: (image) => runtime.hasImage(image),
    containers: (name) => runtime.containers(name),
    pullImage: async (image, options) => {
      await runtime.pullImage(image, options);
      record({ kind: 'pull-image', summary: `pull image ${image}`, image });
    },
  };
}

/** Returns `etcd` with its changes recorded. An action follows the change; a change that failed leaves none. */
export function recordEtcd(etcd: EtcdCluster, record: (action: Action) => void): EtcdCluster {
  return {
    members: () => etcd.members(),
    status: (endpoint) => etcd.status(endpoint),
    addLearner: async (peerUrls) => {
      const added = await etcd.addLearner(peerUrls);
      record({ kind: 'add-etcd-member', summary: `add etcd member at ${peerUrls.join(', ')} as a learner`, peerUrls });
      return added;
    },
    promote: async (id) => {
      const members = await etcd.promote(id);
      // Not the ID: that of a new member differs from run to run.
      const peerUrls = members.find((member) => member.id === id)?.peerUrls ?? [];
      record({ kind: 'promote-etcd-member', summary: `promote etcd member at ${peerUrls.join(', ')}`, peerUrls });
      return members;
    },
    remove: async (id) => {
      const members = await etcd.remove(id);
      record({ kind: 'remove-etcd-member', summary: `remove etcd member ${id}`, member: id });
      return members;
    },
  };
}

/** Returns `health` with the first good answer of each endpoint recorded. */
export function recordHealth(health: HealthProbes, record: (action: Action) => void): HealthProbes {
  const seen = new Set<string>();
  return {
    status: async (request) => {
      const { component, url } = request;
      const status = await health.status(request);
      if (status !== 200 || seen.has(url)) return status;
      seen.add(url);
      record({ kind: 'wait-for-health', summary: `wait until ${component} is healthy at ${url}`, component, url });
      return status;
    },
  };
}

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
