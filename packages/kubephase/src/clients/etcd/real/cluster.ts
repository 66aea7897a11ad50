/** An etcd cluster, asked over gRPC at its client URLs. */
import type { EtcdCluster, EtcdMember, EtcdStatus } from '../port.ts';
import type { EtcdCall, EtcdCredentials } from './call.ts';
import type { Member, StatusResponse } from './gen/etcd.ts';

interface RealEtcdOptions {
  /** Client URLs of members, such as `https://10.0.0.1:2379`. */
  readonly endpoints: readonly string[];
  /** Not needed for endpoints with plain HTTP. */
  readonly credentials?: EtcdCredentials;
  /** Longest wait for the answer of each endpoint. Default 2000. */
  readonly timeoutMs?: number;
}

export function createRealEtcd({ endpoints, credentials = {}, timeoutMs = 2000 }: RealEtcdOptions): EtcdCluster {
  /** Loads the library for gRPC when the first call is made. */
  const call = async <T>(order: string, send: EtcdCall<T>['send'], at = endpoints): Promise<T> =>
    (await import('./call.ts')).callEtcd({ endpoints: at, credentials, timeoutMs, order, send });
  return {
    members: () =>
      call('tell its members', async ({ cluster }, options) =>
        // Without this a member that was cut off would tell what it knew last.
        membersOf(await cluster.memberList({ linearizable: true }, options)),
      ),
    addLearner: (peerUrls) =>
      call(`add a member at ${peerUrls.join(', ')}`, async ({ cluster }, options) => {
        const answer = await cluster.memberAdd({ peerURLs: [...peerUrls], isLearner: true }, options);
        if (answer.member === undefined) throw new TypeError('the answer of etcd has no member');
        return { member: toMember(answer.member), members: membersOf(answer) };
      }),
    promote: (id) =>
      call(`promote the member ${id}`, async ({ cluster }, options) =>
        membersOf(await cluster.memberPromote({ ID: idNumber(id) }, options)),
      ),
    remove: (id) =>
      call(`remove the member ${id}`, async ({ cluster }, options) => membersOf(await cluster.memberRemove({ ID: idNumber(id) }, options))),
    status: (endpoint) =>
      call('tell its status', async ({ maintenance }, options) => toStatus(await maintenance.status({}, options)), [endpoint]),
  };
}

function membersOf({ members }: { readonly members: readonly Member[] }): readonly EtcdMember[] {
  return members.map((member) => toMember(member));
}

function toMember({ ID, name, peerURLs, clientURLs, isLearner }: Member): EtcdMember {
  return { id: idText(ID), name, started: name !== '', peerUrls: peerURLs, clientUrls: clientURLs, isLearner };
}

function toStatus({ header, version, dbSize, leader, raftTerm, isLearner, errors }: StatusResponse): EtcdStatus {
  return {
    memberId: idText(header?.memberId ?? 0n),
    version,
    dbSizeBytes: Number(dbSize),
    leaderId: leader === 0n ? undefined : idText(leader),
    raftTerm,
    isLearner,
    errors,
  };
}

/** A number of JavaScript holds 53 bits, an ID has 64. */
function idText(id: bigint): string {
  return id.toString(16);
}

function idNumber(id: string): bigint {
  return BigInt(`0x${id}`);
}
