import { isProblemError } from 'phaserunner';
import { expect, test } from 'vitest';
import { createMemoryHost } from '../host/memory/host.ts';
import { readClusterEntry } from './cluster-entry.ts';

const path = '/etc/kubernetes/admin.conf';
const kubeconfig = {
  clusters: [
    { name: '', cluster: { server: 'https://unnamed:6443' } },
    { name: 'kubernetes', cluster: { server: 'https://cp:6443', 'certificate-authority-data': 'Q0E=', 'tls-server-name': 'cp' } },
    { name: 'by-path', cluster: { server: 'https://cp:6443', 'certificate-authority': 'pki/ca.crt' } },
  ],
  contexts: ['kubernetes', 'by-path'].map((cluster) => ({ name: cluster, context: { cluster, user: 'u' } })),
  'current-context': 'kubernetes',
};

function files(content: object, others: Readonly<Record<string, string>> = {}) {
  return createMemoryHost({ files: { [path]: JSON.stringify(content), ...others } }).files;
}

const at = (adminKubeconfig: string) => ({ adminKubeconfig, kubeconfigs: '/etc/kubernetes' });

test('the cluster of the current context is taken with all its fields', async () => {
  expect(await readClusterEntry(files(kubeconfig), at(path), 'current-context')).toEqual(kubeconfig.clusters[1]?.cluster);
});

test('a cluster without a name goes first where that is asked for', async () => {
  expect(await readClusterEntry(files(kubeconfig), at(path), 'unnamed-first')).toEqual({ server: 'https://unnamed:6443' });
});

test('a CA that is given by its path is embedded, relative to the file', async () => {
  const content = { ...kubeconfig, 'current-context': 'by-path' };
  expect(await readClusterEntry(files(content, { '/etc/kubernetes/pki/ca.crt': 'PEM' }), at(path), 'current-context')).toEqual({
    server: 'https://cp:6443',
    'certificate-authority-data': Buffer.from('PEM').toString('base64'),
  });
});

test.each([
  ['there is no file', '/elsewhere', kubeconfig],
  ['the current context is not in the file', path, { ...kubeconfig, 'current-context': 'x' }],
  ['the file of the CA is missing', path, { ...kubeconfig, 'current-context': 'by-path' }],
])('when %s, the file is named', async (_, file, content) => {
  const error: unknown = await readClusterEntry(files(content), at(file), 'current-context').catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problem).toMatchObject({ code: 'KUBECONFIG_INVALID', where: { file } });
});

test.each([
  ['/etc/kubernetes/admin.conf', 'kubeconfig file admin.conf'],
  ['/root/admin.conf', undefined],
])('a file that is missing at %s is mended by a phase only where a phase makes it', async (file, make) => {
  const error: unknown = await readClusterEntry(createMemoryHost().files, at(file), 'current-context').catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problem).toMatchObject({ where: { file }, remedy: expect.any(String) as string });
  expect(isProblemError(error) && error.problem.make).toBe(make);
});
