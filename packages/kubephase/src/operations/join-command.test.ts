import { isProblemError } from 'phaserunner';
import { runPhase } from 'phaserunner/testing';
import { expect, test } from 'vitest';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { initContext, recordingTask, succeed, type ContextOptions } from '../../test/fixtures/init-context.ts';
import { showJoinCommand, uploadCerts } from '../commands/init/phases.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import { joinTarget } from './cluster-entry.ts';

/** Two authorities made with openssl, and the SHA-256 of their public keys as openssl computes it. */
const authorities = [
  `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUTHwxaK90zy/Q/HE7r7pQH5q4wE0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJdGVzdC1jYS1hMCAXDTI2MTEyMzAwMzQ1MVoYDzIxMjYxMDMw
MDAzNDUxWjAUMRIwEAYDVQQDDAl0ZXN0LWNhLWEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQmehZmrklqpuSbc+SbeZGpYP0G97pwmR8BLap0FV651JH1KBuSnlP3
31bQhS2stWeDgXzkPo3MqfkyO5QPmm/Io1MwUTAdBgNVHQ4EFgQUN8mxxqE3gOa0
xcf23SGJ7TNtF3gwHwYDVR0jBBgwFoAUN8mxxqE3gOa0xcf23SGJ7TNtF3gwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAkldl8eT1asMKVb/I8JZP
ii2dOwWElCSKgDW9ns8HPOECIQCUR2E9qb7Wrx0yrKErokTP3eGFGqA2e8RMKQJg
3T7TCg==
-----END CERTIFICATE-----
`,
  `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUCBnbnEoJNBkjNkh/5fMs1edokPMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJdGVzdC1jYS1iMCAXDTI2MTEyMzAwMzQ1MVoYDzIxMjYxMDMw
MDAzNDUxWjAUMRIwEAYDVQQDDAl0ZXN0LWNhLWIwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARCry95pRRr3YGXfXh9pZklh1slfU/TqtzfQe+dYivB9fGtIHKaNk13
CrqBz9wZcckVR3N0RleunUQanU3o8ydYo1MwUTAdBgNVHQ4EFgQUk3SMJlCg9MHw
RUu/P/SRmlf9JHAwHwYDVR0jBBgwFoAUk3SMJlCg9MHwRUu/P/SRmlf9JHAwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA+xoV/y+GVdlTI3m6CEUf
M4FyY8nr+Zs8znafsLdSDJMCIFnmzlPSEEj0ILfDMmoGOCFmB4ZbHrXryJhPdLLx
cKQm
-----END CERTIFICATE-----
`,
];
const pins = [
  'sha256:751662113e8d8a73d0d85a8c612bdf3d7b8a5bd551f141829467d3a6dcb32a88',
  'sha256:c3fa3078313a9894810c6e14b7819a29c25cc2b778504e57af3b2d5caec8d1ba',
];
const path = '/etc/kubernetes/admin.conf';

function kubeconfig(cluster: object): Readonly<Record<string, string>> {
  const context = { name: 'c', context: { cluster: 'k', user: 'u' } };
  return { [path]: JSON.stringify({ clusters: [{ name: 'k', cluster }], contexts: [context], 'current-context': 'c' }) };
}

function clusterWith(...certificates: readonly string[]): object {
  return { server: 'https://cp.example.test:6443', 'certificate-authority-data': Buffer.from(certificates.join('')).toString('base64') };
}

test('every CA has its pin, and the scheme is left out', async () => {
  const { files } = createMemoryHost({ files: kubeconfig(clusterWith(...authorities)) });
  expect(await joinTarget(files, { adminKubeconfig: path, kubeconfigs: '/etc/kubernetes' })).toEqual({
    endpoint: 'cp.example.test:6443',
    caCertHashes: pins,
  });
});

test.each([
  ['without a CA', { server: 'https://cp:6443' }, 'KUBECONFIG_INVALID'],
  ['without a server', { 'certificate-authority-data': 'eA==' }, 'KUBECONFIG_INVALID'],
  ['with a CA that is no certificate', { server: 'https://cp:6443', 'certificate-authority-data': 'eA==' }, 'PKI_UNDECODABLE'],
])('a kubeconfig %s is refused', async (_, cluster, code) => {
  const { files } = createMemoryHost({ files: kubeconfig(cluster) });
  const error: unknown = await joinTarget(files, { adminKubeconfig: path, kubeconfigs: '/etc/kubernetes' }).catch(
    (reason: unknown) => reason,
  );
  expect(isProblemError(error) && error.problem.code).toBe(code);
});

const host = { files: kubeconfig(clusterWith(authorities[0] ?? '')) };
const show = (options: ContextOptions = {}) => succeed(showJoinCommand, { host, ...options });

const worker = `join cp.example.test:6443 --token abcdef.0123456789abcdef --discovery-token-ca-cert-hash ${pins[0]}`;

test('without a control plane endpoint workers can join', async () => {
  const { printed, fields } = await show();
  expect(printed).toHaveLength(1);
  expect(printed[0]).toContain(
    'kubephase join cp.example.test:6443 --token abcdef.0123456789abcdef \\\n\t--discovery-token-ca-cert-hash sha256:7516',
  );
  expect(fields.get('joinCommand')).toMatchObject({ worker: `kubephase ${worker}` });
  expect(fields.get('joinCommand')).not.toHaveProperty('controlPlane');
});

test('the commands begin with the name under which the program was started', async () => {
  const { fields } = await show({ program: 'kubeadm' });
  expect(fields.get('joinCommand')).toMatchObject({ worker: `kubeadm ${worker}` });
});

test('the key of this run is the one that upload-certs uses', async () => {
  const config = initConfig({ cluster: { controlPlaneEndpoint: 'cp.example.test:6443' } });
  const context = initContext({ host, config, options: { uploadCerts: true } });
  expect(await runPhase(uploadCerts, context)).toMatchObject({ status: 'succeeded' });
  await (await showJoinCommand.work?.())?.run?.(context, recordingTask());
  const key = context.fields.get('certificateKey');
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(context.fields.get('joinCommand')).toMatchObject({
    controlPlane: `kubephase ${worker} --control-plane --certificate-key ${String(key)}`,
    certificateKey: key,
  });
});

test('without --upload-certs no key is made up', async () => {
  const config = initConfig({ cluster: { controlPlaneEndpoint: 'cp.example.test:6443' } });
  const { fields } = await show({ config });
  expect(fields.get('joinCommand')).toMatchObject({ controlPlane: `kubephase ${worker} --control-plane` });
  expect(fields.get('joinCommand')).not.toHaveProperty('certificateKey');
});

test('every token is announced', async () => {
  const [token] = initConfig().bootstrapTokens;
  const bootstrapTokens = ['abcdef.0123456789abcdef', 'bbbbbb.0123456789abcdef'].map((text) => Object.assign({}, token, { token: text }));
  const { printed, fields } = await show({ config: initConfig({ bootstrapTokens }) });
  expect(printed).toHaveLength(2);
  expect(fields.get('joinCommand')).toMatchObject({ token: 'abcdef.0123456789abcdef' });
  expect(fields.get('furtherJoinCommands')).toMatchObject([{ token: 'bbbbbb.0123456789abcdef' }]);
});
