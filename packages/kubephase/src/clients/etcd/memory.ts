/** An etcd cluster in memory for tests: it refuses in the words of etcd. */
import { etcdRefused, etcdUnreachable } from './failure.ts';
import type { EtcdCluster, EtcdMember, EtcdStatus } from './port.ts';

export interface MemoryEtcdOptions {
  /** Members from the start. Default: one that has its vote. */
  readonly members?: readonly EtcdMember[];
  /** Promotions that are refused because the learner does not have all data yet. Default 0. */
  readonly earlyPromotions?: number;
  /** Errors in the words of etcd that end the next orders, one each. */
  readonly refusals?: readonly string[];
  /** Of the members that run. Default `3.6.8`. */
  readonly version?: string;
  /** What members find wrong, by client URL. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
  /** Client URLs at which nobody answers, or true for all. */
  readonly silent?: readonly string[] | true;
}

export interface MemoryEtcd extends EtcdCluster {
  /** The member with this peer URL starts: it gets its name and its client URLs. */
  start(peerUrl: string, started: Pick<EtcdMember, 'name' | 'clientUrls'>): void;
}

const endpoint = 'https://memory.example:2379';
const firstMember: EtcdMember = {
  id: '8e9e05c52164694d',
  name: 'cp1',
  started: true,
  peerUrls: ['https://memory.example:2380'],
  clientUrls: [endpoint],
  isLearner: false,
};

export function createMemoryEtcd(options: MemoryEtcdOptions = {}): MemoryEtcd {
  const { version = '3.6.8', errors = {}, silent = [] } = options;
  const refusals = [...(options.refusals ?? [])];
  let members: readonly EtcdMember[] = options.members ?? [firstMember];
  let earlyPromotions = options.earlyPromotions ?? 0;
  // Above 2^53, where a number of JavaScript would lose its last digits.
  let nextId = 0xfedc_ba98_7654_3211n;

  const answerOf = (at: string): void => {
    if (silent === true || silent.includes(at)) throw etcdUnreachable([at], { detail: 'connect ECONNREFUSED' });
  };
  const obey = (order: string): void => {
    answerOf(endpoint);
    const refusal = refusals.shift();
    if (refusal !== undefined) throw refuse(order, refusal);
  };
  const find = (id: string, order: string): EtcdMember => {
    const member = members.find((one) => one.id === id);
    if (member === undefined) throw refuse(order, 'member not found');
    return member;
  };
  const change = (changed: EtcdMember): void => {
    members = members.map((member) => (member.id === changed.id ? changed : member));
  };

  return {
    members: async () => {
      answerOf(endpoint);
      return members;
    },
    addLearner: async (peerUrls) => {
      const order = `add a member at ${peerUrls.join(', ')}`;
      obey(order);
      if (members.some((member) => member.peerUrls.some((url) => peerUrls.includes(url)))) throw refuse(order, 'Peer URLs already exists');
      if (members.some((member) => member.isLearner)) throw refuse(order, 'too many learner members in cluster');
      const member: EtcdMember = {
        id: nextId.toString(16),
        name: '',
        started: false,
        peerUrls: [...peerUrls],
        clientUrls: [],
        isLearner: true,
      };
      nextId += 2n;
      members = [...members, member];
      return { member, members };
    },
    promote: async (id) => {
      const order = `promote the member ${id}`;
      obey(order);
      const member = find(id, order);
      if (!member.isLearner) throw refuse(order, 'can only promote a learner member');
      if (!member.started || earlyPromotions > 0) {
        earlyPromotions -= member.started ? 1 : 0;
        throw refuse(order, 'can only promote a learner member which is in sync with leader');
      }
      change({ ...member, isLearner: false });
      return members;
    },
    remove: async (id) => {
      const order = `remove the member ${id}`;
      obey(order);
      find(id, order);
      members = members.filter((member) => member.id !== id);
      return members;
    },
    status: async (at) => {
      answerOf(at);
      const member = members.find(({ clientUrls }) => clientUrls.includes(at));
      if (member === undefined) throw etcdUnreachable([at], { detail: 'connect ECONNREFUSED' });
      return statusOf(member, members, { version, errors: errors[at] ?? [] });
    },
    start: (peerUrl, started) => {
      const member = members.find(({ peerUrls }) => peerUrls.includes(peerUrl));
      if (member === undefined) throw new TypeError(`no member has the peer URL ${peerUrl}`);
      change({ ...member, ...started, started: true });
    },
  };
}

function refuse(order: string, detail: string): Error {
  return etcdRefused({ order, endpoint }, { detail: `etcdserver: ${detail}` });
}

function statusOf(member: EtcdMember, members: readonly EtcdMember[], told: Pick<EtcdStatus, 'version' | 'errors'>): EtcdStatus {
  return {
    memberId: member.id,
    dbSizeBytes: 20_480,
    leaderId: members.find(({ isLearner, started }) => started && !isLearner)?.id,
    raftTerm: 2n,
    isLearner: member.isLearner,
    ...told,
  };
}
