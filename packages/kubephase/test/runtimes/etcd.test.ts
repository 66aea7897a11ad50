/** The client of etcd on Bun, on which the executable is built: TLS with client certificates to an IP address. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEtcdPki, type EtcdPki } from '../fixtures/etcd-pki.ts';
import { serveEtcd, type EtcdServer } from '../fixtures/etcd-server.ts';

const bun = fileURLToPath(new URL('../../../../node_modules/.bin/bun', import.meta.url));
/** Says where the sources of the packages are. */
const testConfig = fileURLToPath(new URL('../../../../tsconfig.test.json', import.meta.url));
const client = fileURLToPath(new URL('../../src/clients/etcd/real/cluster.ts', import.meta.url));

/** Prints the answers, and the problem of a call that failed in place of its answer. */
const script = `
const { createRealEtcd } = await import(${JSON.stringify(client)});
const { endpoint, credentials, foreignCa } = JSON.parse(process.env.TEST_INPUT);
const answers = [];
const ask = async (call) => answers.push(await call.catch(({ problem: { code, detail } }) => ({ code, detail })));
const etcd = createRealEtcd({ endpoints: [endpoint], credentials });
await ask(etcd.addLearner(['https://[fd00::2]:2380']));
await ask(etcd.promote('fedcba9876543211'));
await ask(etcd.remove('fedcba9876543211'));
await ask(etcd.members());
await ask(etcd.status(endpoint).then(({ raftTerm, ...status }) => ({ ...status, raftTerm: String(raftTerm) })));
await ask(createRealEtcd({ endpoints: [endpoint], credentials: { ...credentials, caPem: foreignCa } }).members());
await ask(createRealEtcd({ endpoints: [endpoint], credentials: { ...credentials, caPem: 'nonsense' } }).members());
await ask(createRealEtcd({ endpoints: ['https://127.0.0.1:1'], credentials }).members());
console.log(JSON.stringify(answers));
`;

describe.skipIf(!existsSync(bun))('the client of etcd on Bun', () => {
  let pki: EtcdPki;
  let server: EtcdServer;
  beforeAll(async () => {
    pki = await makeEtcdPki();
    server = await serveEtcd(pki);
  });
  afterAll(() => server.close());

  it('answers and fails as on Node', async () => {
    const input = { endpoint: server.endpoint, credentials: pki.credentials, foreignCa: (await makeEtcdPki()).ca };
    const env = { ...process.env, TEST_INPUT: JSON.stringify(input) };
    const { stdout } = await promisify(execFile)(bun, [`--tsconfig-override=${testConfig}`, '-e', script], { env });
    const [first] = await server.memory.members();
    const learner = {
      id: 'fedcba9876543211',
      name: '',
      started: false,
      peerUrls: ['https://[fd00::2]:2380'],
      clientUrls: [],
      isLearner: true,
    };
    expect(JSON.parse(stdout)).toEqual([
      { member: learner, members: [first, learner] },
      { code: 'ETCD_LEARNER_NOT_READY', detail: 'etcdserver: can only promote a learner member which is in sync with leader' },
      [first],
      [first],
      { ...(await server.memory.status(server.endpoint)), raftTerm: '2' },
      { code: 'ETCD_UNREACHABLE', detail: expect.stringContaining('certificate') },
      { code: 'ETCD_CREDENTIALS_INVALID', detail: expect.any(String) },
      { code: 'ETCD_UNREACHABLE', detail: expect.stringContaining('ECONNREFUSED') },
    ]);
  });
});
