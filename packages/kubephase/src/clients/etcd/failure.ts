/** Problems of requests to etcd, the same from every client. */
import { failure, type ProblemCode } from '../../problems/catalogue.ts';

interface Cause {
  /** What was seen. */
  readonly detail: string;
  readonly cause?: unknown;
}

/** No endpoint answers. */
export function etcdUnreachable(endpoints: readonly string[], { detail, cause }: Cause): Error {
  return failure('ETCD_UNREACHABLE', {
    summary: `etcd does not answer at ${endpoints.join(', ')}`,
    detail,
    // Some servers close the connection without a word when they do not trust the client.
    remedy: /certificate|altnames|\balert\b|\bTLS\b|\bSSL\b|was closed/i.test(detail)
      ? 'See that the CA certificate is the one that signed the certificate of etcd, that this certificate names the address, that etcd trusts the client certificate, and that the URL has the right scheme.'
      : 'See whether etcd runs, whether it listens at that address, and whether a firewall is in between.',
    where: { object: `etcd ${endpoints.join(', ')}` },
    cause,
  });
}

/** The certificates for the connection cannot be used. */
export function credentialsInvalid(endpoint: string, { detail, cause }: Cause): Error {
  return failure('ETCD_CREDENTIALS_INVALID', {
    summary: `etcd at ${endpoint} cannot be asked with these certificates`,
    detail,
    remedy:
      'See that the CA certificate, the client certificate and its key are complete PEM files, and that the latter two belong together.',
    where: { object: `etcd ${endpoint}` },
    cause,
  });
}

interface Order {
  /** What etcd should have done, as the end of "did not …". */
  readonly order: string;
  readonly endpoint: string;
}

interface KnownRefusal {
  readonly words: RegExp;
  readonly code: ProblemCode;
  readonly remedy: string;
}

/** @see https://github.com/etcd-io/etcd/blob/main/api/v3rpc/rpctypes/error.go */
const knownRefusals: readonly KnownRefusal[] = [
  { words: /member not found/, code: 'ETCD_MEMBER_NOT_FOUND', remedy: 'Look at the members with "etcdctl member list".' },
  {
    words: /Peer URLs already exists|member ID already exist/,
    code: 'ETCD_MEMBER_EXISTS',
    remedy: 'Use the member that is there, or remove it with "etcdctl member remove" when its machine is gone.',
  },
  {
    words: /learner member which is in sync with leader/,
    code: 'ETCD_LEARNER_NOT_READY',
    remedy: 'See that etcd runs on the machine of the new member, and try again when it has the data.',
  },
  { words: /can only promote a learner member/, code: 'ETCD_NOT_A_LEARNER', remedy: 'Nothing has to be done: the member has its vote.' },
  {
    words: /too many learner members/,
    code: 'ETCD_TOO_MANY_LEARNERS',
    remedy: 'Wait until the other member has joined, or remove it with "etcdctl member remove".',
  },
  {
    words: /unhealthy cluster|no leader|leader changed|not enough started members|request timed out|deadline exceeded/,
    code: 'ETCD_UNHEALTHY_CLUSTER',
    remedy: 'Try again in some seconds. If it stays, find the members that do not run with "etcdctl endpoint health --cluster".',
  },
];

/** etcd answered with an error, whose words are `detail`: they tell more than the status of gRPC. */
export function etcdRefused({ order, endpoint }: Order, { detail, cause }: Cause): Error {
  const known = knownRefusals.find(({ words }) => words.test(detail));
  return failure(known?.code ?? 'ETCD_REQUEST_FAILED', {
    summary: `etcd at ${endpoint} did not ${order}`,
    detail,
    remedy: known?.remedy ?? 'Look at the log of etcd.',
    where: { object: `etcd ${endpoint}` },
    cause,
  });
}
