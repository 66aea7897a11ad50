/** The client of etcd against a real etcd with TLS and client certificates on this machine. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isProblemError } from 'phaserunner';
import { etcdCases, type EtcdUnderTest } from '../../src/clients/etcd/etcd.cases.ts';
import type { EtcdCluster } from '../../src/clients/etcd/port.ts';
import { createRealEtcd } from '../../src/clients/etcd/real/cluster.ts';
import { readEtcdVersion } from '../../src/clients/etcd/version.ts';
import { waitFor } from '../../src/operations/wait.ts';
import { makeEtcdPki, type EtcdPki } from '../fixtures/etcd-pki.ts';
import { etcdMissing, freeUrls, startEtcd, type Etcd } from './etcd.ts';

const title = etcdMissing === undefined ? 'etcd' : `etcd (${etcdMissing})`;

/** The code of the problem with which `order` fails; undefined when it succeeds. */
async function codeOf(order: Promise<unknown>): Promise<string | undefined> {
  try {
    await order;
    return undefined;
  } catch (error) {
    if (!isProblemError(error)) throw error;
    return error.problem.code;
  }
}

describe.skipIf(etcdMissing !== undefined)(title, () => {
  let pki: EtcdPki;
  let server: Etcd;
  let etcd: EtcdCluster;

  beforeAll(async () => {
    pki = await makeEtcdPki();
    server = await startEtcd({ name: 'cp1', pki, urls: await freeUrls() });
    etcd = createRealEtcd({ endpoints: [server.endpoint], credentials: pki.credentials });
  });

  afterAll(() => server?.remove());

  /** Removes what an earlier test added. */
  beforeEach(async () => {
    for (const { id, isLearner } of await etcd.members()) if (isLearner) await etcd.remove(id);
  });

  etcdCases(
    'as an etcd cluster',
    async (): Promise<EtcdUnderTest> => {
      const [{ peerUrl }, { peerUrl: otherPeerUrl }, { endpoint: silentEndpoint }] = await Promise.all([
        freeUrls(),
        freeUrls(),
        freeUrls(),
      ]);
      const silent = createRealEtcd({ endpoints: [silentEndpoint], credentials: pki.credentials });
      return { etcd, endpoint: server.endpoint, peerUrl, otherPeerUrl, silent, silentEndpoint };
    },
    { 'gives a learner its vote once it has started': 'below, with a cluster of its own' },
  );

  it('takes in a second etcd, gives it its vote and lets it go', async () => {
    const first = await startEtcd({ name: 'cp1', pki, urls: await freeUrls() });
    const urls = await freeUrls();
    const cluster = createRealEtcd({ endpoints: [first.endpoint], credentials: pki.credentials });
    let second: Etcd | undefined;
    try {
      const { member } = await cluster.addLearner([urls.peerUrl]);
      expect(await codeOf(cluster.promote(member.id))).toBe('ETCD_LEARNER_NOT_READY');
      second = await startEtcd({ name: 'cp2', pki, urls, existing: `cp1=${first.peerUrl},cp2=${urls.peerUrl}` });
      await waitFor({
        name: 'the second etcd',
        deadlineMs: 60_000,
        intervalMs: 100,
        probe: async () => {
          const found = (await cluster.members()).find(({ id }) => id === member.id);
          return found?.started === true ? undefined : 'it has not started';
        },
      });
      expect(await cluster.status(urls.endpoint)).toMatchObject({ memberId: member.id, isLearner: true });
      await untilDone('the vote', () => cluster.promote(member.id), 'ETCD_LEARNER_NOT_READY');
      const both = createRealEtcd({ endpoints: [urls.endpoint, first.endpoint], credentials: pki.credentials });
      expect(await both.members()).toContainEqual({
        id: member.id,
        name: 'cp2',
        started: true,
        peerUrls: [urls.peerUrl],
        clientUrls: [urls.endpoint],
        isLearner: false,
      });
      expect(await codeOf(both.promote(member.id))).toBe('ETCD_NOT_A_LEARNER');
      await untilDone('the removal', () => cluster.remove(member.id), 'ETCD_UNHEALTHY_CLUSTER');
      expect(await cluster.members()).toMatchObject([{ name: 'cp1' }]);
    } finally {
      await second?.remove();
      await first.remove();
    }
  });

  it('decides nothing when the other half of the cluster is gone', async () => {
    const first = await startEtcd({ name: 'cp1', pki, urls: await freeUrls() });
    const urls = await freeUrls();
    const cluster = createRealEtcd({ endpoints: [first.endpoint], credentials: pki.credentials });
    let second: Etcd | undefined;
    try {
      const { member } = await cluster.addLearner([urls.peerUrl]);
      second = await startEtcd({ name: 'cp2', pki, urls, existing: `cp1=${first.peerUrl},cp2=${urls.peerUrl}` });
      await untilDone('the vote', () => cluster.promote(member.id), 'ETCD_LEARNER_NOT_READY');
      await second.stop();
      const { peerUrl } = await freeUrls();
      // Until the loss shows etcd takes the order and does not answer it.
      await waitFor({
        name: 'the loss of the second etcd',
        deadlineMs: 60_000,
        intervalMs: 200,
        probe: async () => {
          const code = await codeOf(cluster.addLearner([peerUrl]));
          return code === 'ETCD_UNHEALTHY_CLUSTER' ? undefined : `the answer is ${code}`;
        },
      });
    } finally {
      await second?.remove();
      await first.remove();
    }
  });

  it.each([
    ['another CA', async () => ({ ...pki.credentials, caPem: (await makeEtcdPki()).ca }), /certificate/],
    ['no client certificate', async () => ({ caPem: pki.ca }), /certificate/],
    ['a client certificate of another CA', async () => ({ ...(await makeEtcdPki()).credentials, caPem: pki.ca }), /certificate/],
  ])('does not talk to a client with %s', async (_, credentials, detail) => {
    const stranger = createRealEtcd({ endpoints: [server.endpoint], credentials: await credentials() });
    await expect(stranger.members()).rejects.toMatchObject({
      problem: { code: 'ETCD_UNREACHABLE', detail: expect.stringMatching(detail), remedy: expect.stringContaining('CA certificate') },
    });
  });

  it('tells its version over HTTP too', async () => {
    const { endpoint } = server;
    const { version } = await etcd.status(endpoint);
    expect(await readEtcdVersion({ endpoint: `${endpoint}//`, credentials: pki.credentials, environment: {} })).toBe(version);
  });

  it('is missed by name once it was stopped', async () => {
    const other = await startEtcd({ name: 'other', pki, urls: await freeUrls() });
    try {
      await other.stop();
      const client = createRealEtcd({ endpoints: [other.endpoint], credentials: pki.credentials });
      await expect(client.members()).rejects.toMatchObject({
        problem: {
          code: 'ETCD_UNREACHABLE',
          summary: `etcd does not answer at ${other.endpoint}`,
          detail: expect.stringContaining('ECONNREFUSED'),
        },
      });
    } finally {
      await other.remove();
    }
  });

  it('is asked in place of one that never answers', async () => {
    const sockets: Socket[] = [];
    const mute = await listening(createServer((socket) => void sockets.push(socket)));
    const endpoint = `https://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    try {
      const { credentials } = pki;
      await expect(createRealEtcd({ endpoints: [endpoint], credentials, timeoutMs: 50 }).members()).rejects.toMatchObject({
        problem: { code: 'ETCD_UNREACHABLE', detail: 'no answer within 50 ms' },
      });
      expect(await createRealEtcd({ endpoints: [endpoint, server.endpoint], credentials, timeoutMs: 1000 }).members()).toHaveLength(1);
    } finally {
      for (const socket of sockets) socket.destroy();
      mute.close();
    }
  });
});

/** Repeats an order as long as it fails with `code`. */
function untilDone(name: string, order: () => Promise<unknown>, code: string): Promise<number> {
  return waitFor({
    name,
    deadlineMs: 60_000,
    intervalMs: 100,
    probe: async () => {
      const failed = await codeOf(order());
      if (failed !== undefined && failed !== code) throw new Error(`${name}: ${failed}`);
      return failed;
    },
  });
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}
