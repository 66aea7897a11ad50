/** Codes of etcd. */
import type { CodeTable } from './code.ts';

export const etcdCodes = {
  ETCD_UNREACHABLE: {
    meaning: 'No endpoint of etcd answered in time, or etcd and this machine do not trust the certificates of each other.',
    exit: 'cluster',
  },
  ETCD_CREDENTIALS_INVALID: { meaning: 'A certificate or key with which etcd is to be asked cannot be used.', exit: 'host' },
  ETCD_REQUEST_FAILED: { meaning: 'etcd answered with an error that has no code of its own.', exit: 'cluster' },
  ETCD_MEMBER_NOT_FOUND: { meaning: 'etcd has no member with that ID. It was removed already, or never added.', exit: 'cluster' },
  ETCD_MEMBER_EXISTS: { meaning: 'etcd has a member with one of the given peer URLs already.', exit: 'cluster' },
  ETCD_LEARNER_NOT_READY: {
    meaning: 'A learner of etcd does not have all data yet and cannot get its vote. Try again a little later.',
    exit: 'cluster',
  },
  ETCD_NOT_A_LEARNER: { meaning: 'A member of etcd that was to get its vote has it already.', exit: 'cluster' },
  ETCD_TOO_MANY_LEARNERS: {
    meaning: 'etcd takes no further learner until the one that it has was promoted or removed.',
    exit: 'cluster',
  },
  ETCD_UNHEALTHY_CLUSTER: {
    meaning: 'Too few members of etcd are healthy and connected for a change. Right after a change this passes within seconds.',
    exit: 'cluster',
  },
} as const satisfies CodeTable;
