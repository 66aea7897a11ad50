import { isProblemError } from 'phaserunner';
import { expect, test } from 'vitest';
import { parseYaml } from '../../../test/fixtures/cluster-objects.ts';
import { initConfig } from '../../../test/fixtures/init-config.ts';
import { succeed } from '../../../test/fixtures/init-context.ts';
import { kubeletFinalize } from '../../commands/init/phases.ts';
import { parseKubeconfig } from '../../core/kubeconfig/text.ts';
import { createMemoryHost } from '../../host/memory/host.ts';
import { referToCertificate } from './credentials.ts';

const file = '/etc/kubernetes/kubelet.conf';
const pem = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const kubeconfig = {
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'kubernetes', cluster: { server: 'https://192.0.2.10:6443', 'certificate-authority-data': 'Q0E=' } }],
  contexts: [{ name: 'node', context: { cluster: 'kubernetes', user: 'system:node:cp1' } }],
  'current-context': 'node',
  users: [
    { name: 'system:node:cp1', user: { 'client-certificate-data': 'Q1JU', 'client-key-data': 'S0VZ', extra: 'kept' } },
    { name: 'other', user: { token: 'kept' } },
  ],
};

function hostWith(content: object) {
  return createMemoryHost({ files: { [file]: { content: JSON.stringify(content), mode: 0o600 } } });
}

test('the current user gets the file, everything else is kept', async () => {
  const host = hostWith(kubeconfig);
  await referToCertificate(host.files, file, pem);
  const written = host.snapshot()[file];
  expect(parseKubeconfig(written?.text ?? '', file)).toEqual({
    ...kubeconfig,
    users: [
      { name: 'system:node:cp1', user: { extra: 'kept', 'client-certificate': pem, 'client-key': pem } },
      { name: 'other', user: { token: 'kept' } },
    ],
  });
  expect(written?.mode).toBe(0o600);
});

test.each([
  ['has no current context', { ...kubeconfig, 'current-context': '' }],
  ['names a context that is not there', { ...kubeconfig, 'current-context': 'x' }],
  ['has a context without a user', { ...kubeconfig, contexts: [{ name: 'node', context: { cluster: 'kubernetes', user: '' } }] }],
  ['names a user that is not there', { ...kubeconfig, users: [] }],
])('a file that %s is refused and left as it is', async (_, content) => {
  const host = hostWith(content);
  const error: unknown = await referToCertificate(host.files, file, pem).catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problem).toMatchObject({ code: 'KUBECONFIG_INVALID', where: { file } });
  expect(host.snapshot()[file]?.text).toBe(JSON.stringify(content));
});

test('a missing file is refused by its name', async () => {
  const error: unknown = await referToCertificate(createMemoryHost().files, file, pem).catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problem).toMatchObject({ code: 'KUBECONFIG_INVALID', where: { file } });
});

const kubeletConf = {
  '/etc/kubernetes/kubelet.conf': JSON.stringify({
    clusters: [],
    contexts: [{ name: 'c', context: { cluster: 'x', user: 'u' } }],
    users: [{ name: 'u', user: { 'client-key-data': 'S0VZ' } }],
    'current-context': 'c',
  }),
};

test('kubelet-finalize leaves kubelet.conf alone as long as the kubelet has no certificate of its own', async () => {
  const { host, lines } = await succeed(kubeletFinalize, { host: { files: kubeletConf } });
  expect(host.snapshot()['/etc/kubernetes/kubelet.conf']?.text).toBe(kubeletConf['/etc/kubernetes/kubelet.conf']);
  expect(lines).toEqual([]);
});

test.each([
  ['the default folder', [], pem],
  ['the last --cert-dir of the kubelet', ['/a', '/b'], '/b/kubelet-client-current.pem'],
])('kubelet-finalize refers to the certificate in %s', async (_, directories, certificate) => {
  const nodeRegistration = {
    ...initConfig().nodeRegistration,
    kubeletExtraArgs: directories.map((value) => ({ name: 'cert-dir', value })),
  };
  const files = { ...kubeletConf, [certificate]: 'PEM' };
  const { host } = await succeed(kubeletFinalize, { config: initConfig({ nodeRegistration }), host: { files } });
  expect(parseYaml(host.snapshot()['/etc/kubernetes/kubelet.conf']?.text ?? '')).toMatchObject({
    users: [{ name: 'u', user: { 'client-certificate': certificate, 'client-key': certificate } }],
  });
});
