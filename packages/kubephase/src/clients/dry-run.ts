/** The clients of a dry run: looks may go to the real ones, changes stay in this process. */
import type { ContainerRuntime } from './cri/port.ts';
import { etcdRefused } from './etcd/failure.ts';
import type { EtcdCluster, EtcdMember } from './etcd/port.ts';
import type { HealthProbes } from './health/port.ts';
import { createMemoryKubeApi } from './kube/memory.ts';
import type { KubeApi, KubeObject, ObjectReference } from './kube/port.ts';

/**
 * Looks that tell whether the machine is fit go to `base`. Images count as missing until the dry run has pulled them, so that a
 * dry run names every image that a new machine needs, and also does so on a machine without a runtime.
 */
export function createDryRunRuntime(base: Pick<ContainerRuntime, 'version' | 'unreadiness' | 'tellsCgroupDriver'>): ContainerRuntime {
  const pulled = new Set<string>();
  return {
    version: () => base.version(),
    unreadiness: () => base.unreadiness(),
    tellsCgroupDriver: () => base.tellsCgroupDriver(),
    sandboxImage: async () => undefined,
    hasImage: async (image) => pulled.has(image),
    // A dry run starts nothing, and what runs already does not belong to it.
    containers: async () => [],
    pullImage: async (image, { signal } = {}) => {
      signal?.throwIfAborted();
      pulled.add(image);
    },
  };
}

/** A learner that the dry run adds has started and has all data at once, so that nobody waits for it. */
export function createDryRunEtcd(base: Pick<EtcdCluster, 'members' | 'status'>): EtcdCluster {
  const added: EtcdMember[] = [];
  const promoted = new Set<string>();
  const removed = new Set<string>();

  const members = async (): Promise<readonly EtcdMember[]> =>
    [...(await base.members()), ...added]
      .filter(({ id }) => !removed.has(id))
      .map((member) => (promoted.has(member.id) ? voter(member) : member));
  const find = async (id: string, order: string): Promise<EtcdMember> => {
    const present = await members();
    const member = present.find((one) => one.id === id);
    if (member === undefined) throw refused(order, present, 'member not found');
    return member;
  };

  return {
    members,
    status: (endpoint) => base.status(endpoint),
    addLearner: async (peerUrls) => {
      const order = `add a member at ${peerUrls.join(', ')}`;
      const present = await members();
      if (present.some((one) => one.peerUrls.some((url) => peerUrls.includes(url))))
        throw refused(order, present, 'Peer URLs already exists');
      if (present.some(({ isLearner }) => isLearner)) throw refused(order, present, 'too many learner members in cluster');
      const id = (added.length + 1).toString(16);
      const member: EtcdMember = { id, name: '', started: true, peerUrls: [...peerUrls], clientUrls: [], isLearner: true };
      added.push(member);
      return { member, members: [...present, member] };
    },
    promote: async (id) => {
      const order = `promote the member ${id}`;
      const member = await find(id, order);
      if (!member.isLearner) throw refused(order, [member], 'can only promote a learner member');
      promoted.add(id);
      return members();
    },
    remove: async (id) => {
      await find(id, `remove the member ${id}`);
      removed.add(id);
      return members();
    },
  };
}

function voter(member: EtcdMember): EtcdMember {
  return { ...member, isLearner: false };
}

function refused(order: string, [first]: readonly EtcdMember[], detail: string): Error {
  return etcdRefused({ order, endpoint: first?.clientUrls[0] ?? 'its client URL' }, { detail: `etcdserver: ${detail}` });
}

export function createDryRunHealthProbes(): HealthProbes {
  return { status: async () => 200 };
}

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
