import { expect, test } from 'vitest';
import { caPem } from '../../test/fixtures/admin-conf.ts';
import { find } from '../../test/fixtures/cluster-objects.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { initContext, succeed } from '../../test/fixtures/init-context.ts';
import { uploadCerts } from '../commands/init/phases.ts';
import { uploadWork as work } from './upload-certs.ts';

const pki = Object.fromEntries(
  ['ca.crt', 'ca.key', 'sa.pub', 'sa.key'].map((name) => [`/etc/kubernetes/pki/${name}`, `content of ${name}`]),
);

test('upload-certs writes the encrypted files, owned by a token that expires', async () => {
  const { kube, requests, printed, fields } = await succeed(uploadCerts, { options: { uploadCerts: true }, host: { files: pki } });
  const token = kube.objects().find((object) => object['type'] === 'bootstrap.kubernetes.io/token');
  const name = token?.metadata.name ?? '';
  expect(requests).toEqual([
    `get Secret kube-system/${name}`,
    `create Secret kube-system/${name}`,
    `get Secret kube-system/${name}`,
    'create Secret kube-system/kubeadm-certs',
    'create Role kube-system/kubeadm:kubeadm-certs',
    'create RoleBinding kube-system/kubeadm:kubeadm-certs',
  ]);
  const certs = find(kube.objects(), 'Secret', 'kubeadm-certs');
  expect(certs.metadata['ownerReferences']).toMatchObject([{ name, uid: token?.metadata.uid }]);
  const lengths = Object.entries(certs['data'] as Readonly<Record<string, string>>).map(([key, value]) => [
    key,
    Buffer.from(value, 'base64').length,
  ]);
  expect(Object.fromEntries(lengths)).toEqual({
    'ca.crt': 'content of ca.crt'.length + 28,
    'ca.key': 'content of ca.key'.length + 28,
    'sa.pub': 'content of sa.pub'.length + 28,
    'sa.key': 'content of sa.key'.length + 28,
    'front-proxy-ca.crt': 0,
    'front-proxy-ca.key': 0,
    'etcd-ca.crt': 0,
    'etcd-ca.key': 0,
  });
  expect(printed.join('')).toMatch(/^[0-9a-f]{64}$/m);
  expect(printed.join('')).toContain(String(fields.get('certificateKey')));
});

test('upload-certs never tells the key in messages, nor at all when it is not to be printed', async () => {
  const certificateKey = 'ab'.repeat(32);
  const options = { uploadCerts: true, skipCertificateKeyPrint: true };
  const { lines, printed, fields } = await succeed(uploadCerts, { config: initConfig({ certificateKey }), options });
  expect([...lines, ...printed, ...fields.values()].join('\n')).not.toContain(certificateKey);
});

test('upload-certs does nothing unless it was asked for', async () => {
  expect(await work.when?.(initContext())).toEqual({ skip: expect.stringContaining('--upload-certs') as string });
  expect(await work.when?.(initContext({ options: { uploadCerts: true } }))).toBe(true);
});

test.each([
  ['the cluster CA without its key', { 'ca.crt': caPem }, ['/etc/kubernetes/pki/ca.key']],
  [
    'both CAs without their keys',
    { 'ca.crt': caPem, 'front-proxy-ca.crt': caPem },
    ['/etc/kubernetes/pki/ca.key', '/etc/kubernetes/pki/front-proxy-ca.key'],
  ],
  ['a complete CA', { 'ca.crt': caPem, 'ca.key': 'KEY' }, []],
  ['nothing yet', {}, []],
])('with %s upload-certs finds %j missing before anything runs', async (_, names, missing) => {
  const files = Object.fromEntries(Object.entries(names).map(([name, text]) => [`/etc/kubernetes/pki/${name}`, text]));
  const found = await work.check?.(initContext({ options: { uploadCerts: true }, host: { files } }));
  expect(found?.map(({ code, where }) => [code, where?.file])).toEqual(missing.map((file) => ['UPLOAD_CERTS_EXTERNAL_CA', file]));
});
