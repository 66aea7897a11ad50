import { isProblemError } from 'phaserunner';
import { expect, test } from 'vitest';
import { initConfig } from '../../../../test/fixtures/init-config.ts';
import { initContext, recordingTask, type ContextOptions, type TestContext } from '../../../../test/fixtures/init-context.ts';
import type { KubeObject } from '../../../clients/kube/port.ts';
import { readYaml } from '../../../formats/yaml/read.ts';
import { phase as bootstrapToken } from './bootstrap-token.ts';
import { phase as enableClientCertRotation } from './kubelet-finalize/enable-client-cert-rotation.ts';
import { phase as markControlPlane } from './mark-control-plane.ts';
import { phase as showJoinCommand } from './show-join-command.ts';
import { phase as uploadCerts } from './upload-certs.ts';
import { phase as uploadKubeadm } from './upload-config/kubeadm.ts';
import { phase as uploadKubelet } from './upload-config/kubelet.ts';

/** An authority made with openssl. */
const caPem = `-----BEGIN CERTIFICATE-----
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
`;
const admin = {
  '/etc/kubernetes/admin.conf': JSON.stringify({
    clusters: [
      {
        name: 'kubernetes',
        cluster: { server: 'https://cp.example.test:6443', 'certificate-authority-data': Buffer.from(caPem).toString('base64') },
      },
    ],
    contexts: [{ name: 'c', context: { cluster: 'kubernetes', user: 'u' } }],
    users: [{ name: 'u', user: {} }],
    'current-context': 'c',
  }),
};

function parse(text: string): unknown {
  const document = readYaml(text);
  return 'fault' in document ? expect.fail(document.fault) : document.data;
}

/** Runs a phase and returns what it wrote and said. */
async function run(
  phase: { readonly run?: (ctx: TestContext, task: ReturnType<typeof recordingTask>) => void | Promise<void> },
  options: ContextOptions = {},
) {
  const context = initContext(options);
  const task = recordingTask();
  await phase.run?.(context, task);
  return { ...context, lines: task.lines, requests: context.kube.requests };
}

function find(objects: readonly KubeObject[], kind: string, name: string): KubeObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  return found ?? expect.fail(`${kind} ${name} was not written`);
}

function textOf(object: KubeObject, key: string): string {
  return (object['data'] as Readonly<Record<string, string>>)[key] ?? expect.fail(`there is no key ${key}`);
}

test('upload-config/kubeadm writes the cluster configuration and who may read it', async () => {
  const { kube, requests } = await run(uploadKubeadm);
  expect(requests).toEqual([
    'create ConfigMap kube-system/kubeadm-config',
    'create Role kube-system/kubeadm:nodes-kubeadm-config',
    'create RoleBinding kube-system/kubeadm:nodes-kubeadm-config',
  ]);
  const yaml = textOf(find(kube.objects(), 'ConfigMap', 'kubeadm-config'), 'ClusterConfiguration');
  expect(yaml.endsWith('\n')).toBe(true);
  expect(parse(yaml)).toMatchObject({ kind: 'ClusterConfiguration', apiVersion: 'kubeadm.k8s.io/v1beta4', kubernetesVersion: 'v1.36.2' });
});

test('upload-config/kubeadm keeps other keys of an existing ConfigMap', async () => {
  const existing = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
    data: { ClusterConfiguration: 'old', mine: 'kept' },
  };
  const { kube } = await run(uploadKubeadm, { objects: [existing] });
  const map = find(kube.objects(), 'ConfigMap', 'kubeadm-config');
  expect(textOf(map, 'mine')).toBe('kept');
  expect(textOf(map, 'ClusterConfiguration')).not.toBe('old');
});

test('upload-config/kubelet writes the configuration with its mark', async () => {
  const { kube, requests } = await run(uploadKubelet);
  expect(requests).toEqual([
    'create ConfigMap kube-system/kubelet-config',
    'create Role kube-system/kubeadm:kubelet-config',
    'create RoleBinding kube-system/kubeadm:kubelet-config',
  ]);
  const map = find(kube.objects(), 'ConfigMap', 'kubelet-config');
  expect(parse(textOf(map, 'kubelet'))).toEqual(initConfig().kubelet.document);
  expect(map.metadata.annotations).toHaveProperty(['kubeadm.kubernetes.io/component-config.hash']);
});

const pki = Object.fromEntries(
  ['ca.crt', 'ca.key', 'sa.pub', 'sa.key'].map((name) => [`/etc/kubernetes/pki/${name}`, `content of ${name}`]),
);

test('upload-certs writes the encrypted files, owned by a token that expires', async () => {
  const { kube, requests, printed, fields } = await run(uploadCerts, { options: { uploadCerts: true }, host: { files: pki } });
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
  const { lines, printed, fields } = await run(uploadCerts, { config: initConfig({ certificateKey }), options });
  expect([...lines, ...printed, ...fields.values()].join('\n')).not.toContain(certificateKey);
});

test('upload-certs does nothing unless it was asked for', async () => {
  expect(await uploadCerts.when?.(initContext())).toEqual({ skip: expect.stringContaining('--upload-certs') as string });
  expect(await uploadCerts.when?.(initContext({ options: { uploadCerts: true } }))).toBe(true);
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
  const found = await uploadCerts.check?.(initContext({ options: { uploadCerts: true }, host: { files } }));
  expect(found?.map(({ code, where }) => [code, where?.file])).toEqual(missing.map((file) => ['UPLOAD_CERTS_EXTERNAL_CA', file]));
});

test('mark-control-plane labels and taints the Node', async () => {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1', labels: { 'kubernetes.io/hostname': 'cp1' } }, spec: {} };
  const { kube, lines } = await run(markControlPlane, { objects: [node] });
  expect(find(kube.objects(), 'Node', 'cp1')).toMatchObject({
    metadata: {
      labels: {
        'kubernetes.io/hostname': 'cp1',
        'node-role.kubernetes.io/control-plane': '',
        'node.kubernetes.io/exclude-from-external-load-balancers': '',
      },
    },
    spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] },
  });
  expect(lines).toHaveLength(2);
});

test('bootstrap-token writes tokens, rights and cluster-info in the order of the reference', async () => {
  const { kube, requests } = await run(bootstrapToken, { host: { files: admin } });
  expect(requests).toEqual([
    'create Secret kube-system/bootstrap-token-abcdef',
    'create ClusterRole kubeadm:get-nodes',
    'create ClusterRoleBinding kubeadm:get-nodes',
    'create ClusterRoleBinding kubeadm:kubelet-bootstrap',
    'create ClusterRoleBinding kubeadm:node-autoapprove-bootstrap',
    'create ClusterRoleBinding kubeadm:node-autoapprove-certificate-rotation',
    'create ClusterRoleBinding kubeadm:apiserver-kubelet-client',
    'create ConfigMap kube-public/cluster-info',
    'create Role kube-public/kubeadm:bootstrap-signer-clusterinfo',
    'create RoleBinding kube-public/kubeadm:bootstrap-signer-clusterinfo',
  ]);
  expect(parse(textOf(find(kube.objects(), 'ConfigMap', 'cluster-info'), 'kubeconfig'))).toMatchObject({
    clusters: [{ name: '', cluster: { server: 'https://cp.example.test:6443' } }],
  });
});

test('bootstrap-token replaces what an earlier run wrote', async () => {
  const context = initContext({ host: { files: admin } });
  await bootstrapToken.run?.(context, recordingTask());
  const first = context.kube.objects().map((object) => object.metadata.name);
  await bootstrapToken.run?.(context, recordingTask());
  expect(context.kube.objects().map((object) => object.metadata.name)).toEqual(first);
  expect(context.kube.requests.filter((request) => request.startsWith('replace'))).toHaveLength(first.length);
});

test('bootstrap-token shows the token only where it was asked for, never in messages', async () => {
  const shown = await run(bootstrapToken, { host: { files: admin } });
  expect(shown.printed.join('')).toContain('abcdef.0123456789abcdef');
  expect(shown.fields.get('bootstrapTokens')).toEqual(['abcdef.0123456789abcdef']);
  const hidden = await run(bootstrapToken, { host: { files: admin }, options: { skipTokenPrint: true } });
  expect([...hidden.printed, ...hidden.fields.values()]).toEqual([]);
  expect([...shown.lines, ...hidden.lines].join('\n')).not.toContain('0123456789abcdef');
});

test('bootstrap-token writes nothing without the kubeconfig', async () => {
  const context = initContext();
  await expect(Promise.resolve(bootstrapToken.run?.(context, recordingTask()))).rejects.toSatisfy(
    (error: unknown) => isProblemError(error) && error.problem.code === 'KUBECONFIG_INVALID',
  );
  expect(context.kube.requests).toEqual([]);
});

const pem = '/var/lib/kubelet/pki/kubelet-client-current.pem';
const kubeletConf = {
  '/etc/kubernetes/kubelet.conf': JSON.stringify({
    clusters: [],
    contexts: [{ name: 'c', context: { cluster: 'x', user: 'u' } }],
    users: [{ name: 'u', user: { 'client-key-data': 'S0VZ' } }],
    'current-context': 'c',
  }),
};

test('kubelet-finalize leaves kubelet.conf alone as long as the kubelet has no certificate of its own', async () => {
  const { host, lines } = await run(enableClientCertRotation, { host: { files: kubeletConf } });
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
  const { host } = await run(enableClientCertRotation, { config: initConfig({ nodeRegistration }), host: { files } });
  expect(parse(host.snapshot()['/etc/kubernetes/kubelet.conf']?.text ?? '')).toMatchObject({
    users: [{ name: 'u', user: { 'client-certificate': certificate, 'client-key': certificate } }],
  });
});

test.each([
  ['made up by this run', { generated: true }, false],
  ['named by the configuration', {}, true],
])('show-join-command on its own with a token %s: allowed %s', async (_, mark, allowed) => {
  const [token] = initConfig().bootstrapTokens;
  const config = initConfig({ bootstrapTokens: token === undefined ? [] : [{ ...token, ...mark }] });
  const [need] = showJoinCommand.needs ?? [];
  expect(typeof need === 'object' && (await need.unless(initContext({ config })))).toBe(allowed);
});

test.each([
  [{ uploadCerts: false }, undefined, true],
  [{ uploadCerts: true }, undefined, false],
  [{ uploadCerts: true }, 'ab'.repeat(32), true],
])('show-join-command with %j and the key %s does without upload-certs: %s', async (...[options, certificateKey, allowed]) => {
  const config = initConfig(certificateKey === undefined ? {} : { certificateKey });
  const need = showJoinCommand.needs?.[1];
  expect(typeof need === 'object' && (await need.unless(initContext({ config, options })))).toBe(allowed);
});
