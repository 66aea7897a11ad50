/** Records changes of the members of etcd as actions, the same in a real run and in a rehearsal. */
import type { Action } from 'phaserunner';
import type { EtcdCluster } from './port.ts';

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
