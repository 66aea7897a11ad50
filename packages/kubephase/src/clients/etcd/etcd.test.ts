import { createServer } from 'node:http2';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Action } from 'phaserunner';
import { makeEtcdPki, type EtcdPki } from '../../../test/fixtures/etcd-pki.ts';
import { serveEtcd, type EtcdServer } from '../../../test/fixtures/etcd-server.ts';
import { createDryRunEtcd } from '../dry-run.ts';
import { etcdCases, type EtcdUnderTest } from './etcd.cases.ts';
import { createMemoryEtcd } from './memory.ts';
import { createRealEtcd } from './real/cluster.ts';
import { recordEtcd } from '../recording.ts';

const urls = { peerUrl: 'https://127.0.0.2:2380', otherPeerUrl: 'https://127.0.0.3:2380' };
const started = { name: 'cp2', clientUrls: ['https://127.0.0.2:2379'] };
const memoryEndpoint = 'https://memory.example:2379';
/** Ports below 1024 are not given to tests, and nobody listens on this one. */
const nobody = 'https://127.0.0.1:1';

let pki: EtcdPki;
beforeAll(async () => {
  pki = await makeEtcdPki();
});

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serve(options?: Parameters<typeof serveEtcd>[1]): Promise<EtcdServer> {
  const server = await serveEtcd(pki, options);
  closers.push(server.close);
  return server;
}

/** Serves bytes instead of etcd. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  );
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

etcdCases('etcd over TLS', async (): Promise<EtcdUnderTest> => {
  const { endpoint, memory, close } = await serveEtcd(pki);
  const { credentials } = pki;
  return {
    ...urls,
    etcd: createRealEtcd({ endpoints: [endpoint], credentials }),
    endpoint,
    silent: createRealEtcd({ endpoints: [nobody], credentials }),
    silentEndpoint: nobody,
    start: () => memory.start(urls.peerUrl, started),
    dispose: close,
  };
});

const silent = { silent: createMemoryEtcd({ silent: true }), silentEndpoint: memoryEndpoint };
etcdCases('etcd in memory', () => {
  const etcd = createMemoryEtcd();
  return { ...urls, ...silent, etcd, endpoint: memoryEndpoint, start: () => etcd.start(urls.peerUrl, started) };
});
etcdCases('etcd of a dry run', () => ({ ...urls, ...silent, etcd: createDryRunEtcd(createMemoryEtcd()), endpoint: memoryEndpoint }), {
  'gives no vote to a learner that has not started': 'it starts at once',
});

describe('etcd with several endpoints', () => {
  it('is asked at the next one when one does not answer', async () => {
    const { endpoint } = await serve();
    const etcd = createRealEtcd({ endpoints: [nobody, endpoint], credentials: pki.credentials });
    expect(await etcd.members()).toHaveLength(1);
  });

  it('is not asked again when it refuses', async () => {
    const [first, second] = [await serve({ refusals: ['unhealthy cluster'] }), await serve()];
    const etcd = createRealEtcd({ endpoints: [first.endpoint, second.endpoint], credentials: pki.credentials });
    await expect(etcd.addLearner([urls.peerUrl])).rejects.toMatchObject({ problem: { code: 'ETCD_UNHEALTHY_CLUSTER' } });
    expect(await second.memory.members()).toHaveLength(1);
  });

  it('names all of them when none answers', async () => {
    const etcd = createRealEtcd({ endpoints: [nobody, 'cp2:2379'], credentials: pki.credentials });
    await expect(etcd.members()).rejects.toMatchObject({
      problem: {
        summary: `etcd does not answer at ${nobody}, cp2:2379`,
        detail: `${nobody}: connect ECONNREFUSED 127.0.0.1:1; cp2:2379: this is not a URL of HTTP or HTTPS`,
      },
    });
  });

  it('cannot be asked without any', async () => {
    await expect(createRealEtcd({ endpoints: [] }).members()).rejects.toMatchObject({
      problem: { code: 'ETCD_UNREACHABLE', detail: 'no endpoint of etcd is known' },
    });
  });
});

describe('trust between etcd and this machine', () => {
  it.each([
    ['another CA', async () => ({ ...pki.credentials, caPem: (await makeEtcdPki()).ca })],
    ['no client certificate', async () => ({ caPem: pki.ca })],
    ['a client certificate of another CA', async () => ({ ...(await makeEtcdPki()).credentials, caPem: pki.ca })],
  ])('is missing with %s', async (_, credentials) => {
    const { endpoint } = await serve();
    await expect(createRealEtcd({ endpoints: [endpoint], credentials: await credentials() }).members()).rejects.toMatchObject({
      problem: {
        code: 'ETCD_UNREACHABLE',
        detail: expect.stringMatching(/certificate|alert|was closed/),
        remedy: expect.stringContaining('CA certificate'),
      },
    });
  });

  it.each([
    ['a CA', () => ({ ...pki.credentials, caPem: 'what is this?' })],
    ['a client certificate', () => ({ caPem: pki.ca, client: { certificatePem: 'what is this?', keyPem: pki.peer.key } })],
    ['a key of its certificate', () => ({ caPem: pki.ca, client: { certificatePem: pki.server.certificate, keyPem: pki.peer.key } })],
  ])('cannot be had with something that is not %s', async (_, credentials) => {
    const made = createRealEtcd({ endpoints: [nobody], credentials: credentials() }).members();
    await expect(made).rejects.toMatchObject({ problem: { code: 'ETCD_CREDENTIALS_INVALID', summary: expect.stringContaining(nobody) } });
  });
});

describe('a port without etcd', () => {
  const slow = { timeoutMs: 30 };
  it.each<[string, RegExp, (socket: Socket) => void]>([
    ['says nothing', /^no answer within 30 ms$/, (socket) => void socket.resume()],
    ['closes the connection', /closed|disconnected|ECONNRESET|hang up/, (socket) => void socket.destroy()],
    ['does not speak TLS', /./, (socket) => void socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('that %s counts as unreachable', async (_, detail, answer) => {
    const endpoint = await listen(createTcpServer((socket) => answer(socket.on('error', () => undefined))));
    await expect(createRealEtcd({ endpoints: [endpoint], ...slow }).members()).rejects.toMatchObject({
      problem: { code: 'ETCD_UNREACHABLE', detail: expect.stringMatching(detail) },
    });
  });

  it('is asked without certificates over plain HTTP', async () => {
    const plain = createServer((_, response) => void response.writeHead(503).end());
    const endpoint = (await listen(plain)).replace('https:', 'http:');
    await expect(createRealEtcd({ endpoints: [endpoint], ...slow, timeoutMs: 2000 }).members()).rejects.toMatchObject({
      problem: { code: 'ETCD_UNREACHABLE', detail: expect.stringContaining('503') },
    });
  });
});

describe('the words of etcd', () => {
  it.each([
    ['re-configuration failed due to not enough started members', 'ETCD_UNHEALTHY_CLUSTER'],
    ['no leader', 'ETCD_UNHEALTHY_CLUSTER'],
    ['member ID already exist', 'ETCD_MEMBER_EXISTS'],
    ['given member URLs are invalid', 'ETCD_REQUEST_FAILED'],
  ])('%j are told apart', async (words, code) => {
    const { endpoint } = await serve({ refusals: [words] });
    await expect(createRealEtcd({ endpoints: [endpoint], credentials: pki.credentials }).addLearner(['x'])).rejects.toMatchObject({
      problem: { code, detail: `etcdserver: ${words}`, where: { object: `etcd ${endpoint}` } },
    });
  });
});

describe('a dry run', () => {
  it('changes nothing of the cluster', async () => {
    const base = createMemoryEtcd();
    const dryRun = createDryRunEtcd(base);
    const { member } = await dryRun.addLearner([urls.peerUrl]);
    await dryRun.promote(member.id);
    for (const { id } of await dryRun.members()) await dryRun.remove(id);
    expect(await dryRun.members()).toEqual([]);
    expect(await base.members()).toMatchObject([{ name: 'cp1', isLearner: false }]);
  });

  it('waits for nobody', async () => {
    const dryRun = createDryRunEtcd(createMemoryEtcd());
    const { member } = await dryRun.addLearner([urls.peerUrl]);
    expect(member.started).toBe(true);
    await expect(dryRun.promote(member.id)).resolves.toMatchObject([{}, { id: member.id, isLearner: false }]);
  });
});

describe('recordEtcd', () => {
  it('records changes that were made, in a real run and in a dry run alike', async () => {
    const expected = [
      { kind: 'add-etcd-member', summary: `add etcd member at ${urls.peerUrl} as a learner`, peerUrls: [urls.peerUrl] },
      { kind: 'promote-etcd-member', summary: `promote etcd member at ${urls.peerUrl}`, peerUrls: [urls.peerUrl] },
      { kind: 'remove-etcd-member', summary: 'remove etcd member 8e9e05c52164694d', member: '8e9e05c52164694d' },
    ];
    const memory = createMemoryEtcd();
    for (const etcd of [createDryRunEtcd(memory), memory]) {
      const actions: Action[] = [];
      const recorded = recordEtcd(etcd, (action) => actions.push(action));
      const { member } = await recorded.addLearner([urls.peerUrl]);
      if (etcd === memory) memory.start(urls.peerUrl, started);
      await recorded.promote(member.id);
      await recorded.remove('8e9e05c52164694d');
      await recorded.members();
      await recorded.status(memoryEndpoint).catch(() => undefined);
      expect(actions).toEqual(expected);
    }
  });

  it('records no change that failed', async () => {
    const actions: Action[] = [];
    const recorded = recordEtcd(createMemoryEtcd({ refusals: ['unhealthy cluster'] }), (action) => actions.push(action));
    await expect(recorded.addLearner([urls.peerUrl])).rejects.toThrow('did not add a member');
    await expect(recorded.remove('1')).rejects.toThrow('did not remove');
    expect(actions).toEqual([]);
  });
});
