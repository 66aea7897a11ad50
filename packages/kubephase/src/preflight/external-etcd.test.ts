import { expect, it, test } from 'vitest';
import { checkContext, type CheckContextOptions } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { etcdUnreachable } from '../clients/etcd/failure.ts';
import type { EtcdVersionRequest } from '../clients/etcd/version.ts';
import type { ExternalEtcd } from '../config/types.ts';
import type { Finding } from './check.ts';
import { externalEtcdFiles, externalEtcdVersion, type ReadEtcdVersion } from './external-etcd.ts';

const [one, two] = ['https://10.0.0.1:2379', 'https://10.0.0.2:2379'];
const plain: ExternalEtcd = { endpoints: [one, two], httpEndpoints: [one, two], caFile: '', certFile: '', keyFile: '' };
const files = { '/e/ca': 'the CA', '/e/crt': 'the certificate', '/e/key': 'the key' };
const secured: ExternalEtcd = { ...plain, caFile: '/e/ca', certFile: '/e/crt', keyFile: '/e/key' };

interface Look extends CheckContextOptions {
  readonly external?: ExternalEtcd;
  readonly read?: ReadEtcdVersion;
}

const refuse: ReadEtcdVersion = ({ endpoint }) => Promise.reject(etcdUnreachable([endpoint], { detail: 'connect ECONNREFUSED' }));

async function look({ external = plain, read = async () => '3.6.8', ...options }: Look): Promise<readonly Finding[]> {
  return externalEtcdVersion(external, read).run(checkContext(options));
}

const target = (kubernetesVersion: string) => initConfig({ cluster: { kubernetesVersion } });

test.each([
  ['v1.36.2', '3.5.24', true],
  ['v1.36.2', '3.5.24-0', true],
  ['v1.36.2', '3.7.0', true],
  ['v1.36.2', '3.5.20', false],
  ['v1.20.2', '3.4.23', true],
  ['v1.20.2', '3.2.17', false],
  ['v1.36.2', 'newest', false],
])('for Kubernetes %s that etcd %s will do is %s', async (version, found, expected) => {
  const findings = await look({ config: target(version), read: async () => found });
  expect(findings).toHaveLength(expected ? 0 : 2);
  for (const { summary } of findings) expect(summary).toContain(`is ${found}`);
});

it('names what is needed, what was found, and where', async () => {
  const read: ReadEtcdVersion = async ({ endpoint }) => (endpoint === one ? '3.5.20' : '3.6.8');
  expect(await look({ config: target('v1.36.2'), read })).toEqual([
    {
      summary: `Kubernetes 1.36 needs etcd 3.5.24 or newer; the one at ${one} is 3.5.20`,
      remedy: expect.stringContaining('Upgrade etcd'),
    },
  ]);
});

it('has a finding for each endpoint that does not answer', async () => {
  expect(await look({ read: refuse })).toMatchObject([
    { summary: `etcd does not answer at ${one}`, detail: 'connect ECONNREFUSED', remedy: expect.any(String) },
    { summary: `etcd does not answer at ${two}` },
  ]);
});

it('asks all endpoints at the same time', async () => {
  const asked: string[] = [];
  const waiting: ((version: string) => void)[] = [];
  const read: ReadEtcdVersion = ({ endpoint }) =>
    new Promise((resolve) => {
      asked.push(endpoint);
      waiting.push(resolve);
      if (asked.length === 2) for (const tell of waiting) tell('3.6.8');
    });
  expect(await look({ read })).toEqual([]);
  expect(asked).toEqual([one, two]);
});

test.each([
  ['all files', secured, { caPem: 'the CA', client: { certificatePem: 'the certificate', keyPem: 'the key' } }],
  ['only a CA', { ...secured, certFile: '', keyFile: '' }, { caPem: 'the CA' }],
  ['a certificate without its key', { ...secured, keyFile: '' }, { caPem: 'the CA' }],
  ['nothing', plain, {}],
])('with %s it shows and trusts just these', async (_, external, credentials) => {
  const requests: EtcdVersionRequest[] = [];
  const environment = { HTTPS_PROXY: 'http://proxy.example:3128' };
  const read: ReadEtcdVersion = async (request) => {
    requests.push(request);
    return '3.6.8';
  };
  expect(await look({ external: { ...external, httpEndpoints: [two] }, host: { files, environment }, read })).toEqual([]);
  expect(requests).toEqual([{ endpoint: two, credentials, environment, signal: expect.any(AbortSignal) }]);
});

test.each([
  ['are missing', { '/e/ca': 'the CA' }, '/e/crt does not exist, /e/key does not exist'],
  ['cannot be read', { ...files, '/e/crt/is-a-folder': '' }, '/e/crt cannot be read: '],
])('has one finding when files %s, and asks nobody', async (_, present, reason) => {
  const host = {
    files: Object.fromEntries(Object.entries(present).filter(([path]) => path !== '/e/crt' || !('/e/crt/is-a-folder' in present))),
  };
  const findings = await look({ external: secured, host, read: refuse });
  expect(findings).toHaveLength(1);
  expect(findings[0]?.summary).toContain(`etcd cannot be asked for its version: ${reason}`);
  expect(JSON.stringify(findings)).not.toContain('the key');
});

it('ends with the run', async () => {
  const signal = AbortSignal.abort(new Error('stopped by the test'));
  await expect(look({ signal, read: ({ signal: given }) => Promise.reject(given?.reason as Error) })).rejects.toThrow(
    'stopped by the test',
  );
});

it('asks over the network when nothing else is given', async () => {
  const check = externalEtcdVersion({ ...plain, httpEndpoints: ['nonsense'] });
  expect(await check.run(checkContext())).toMatchObject([{ summary: 'etcd does not answer at nonsense' }]);
});

test.each([
  ['a device', { '/e/ca': { device: true } }, ['/e/ca is no regular file']],
  ['a folder', { '/e/ca/x': '' }, ['/e/ca is no regular file']],
  ['nothing', {}, ['/e/ca does not exist']],
  ['a file', { '/e/ca': '' }, []],
] as const)('%s in the place of a certificate for etcd is judged', async (...[, present, faults]) => {
  const [check] = externalEtcdFiles({ ...plain, caFile: '/e/ca' });
  const found = await check?.run(checkContext({ host: { files: present } }));
  expect(found?.map(({ summary }) => summary)).toEqual(faults);
});
