/** The etcd cluster of a rehearsal: looks go to the real one, changes stay in this process. */
import { etcdRefused } from '../failure.ts';
import type { EtcdCluster, EtcdMember } from '../port.ts';

/** A learner that the rehearsal adds has started and has all data at once, so that nobody waits for it. */
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
