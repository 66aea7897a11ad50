import { isProblemError } from 'phaserunner';
import { expect, test } from 'vitest';
import { printYamlDocuments } from '../../formats/yaml/print.ts';
import { loadConfig } from '../whole-file.ts';
import { initDefaults, joinDefaults, resetDefaults, upgradeDefaults } from './defaults.ts';

const timeouts = `timeouts:
  controlPlaneComponentHealthCheck: 4m0s
  discovery: 5m0s
  etcdAPICall: 2m0s
  kubeletHealthCheck: 4m0s
  kubernetesAPICall: 1m0s
  tlsBootstrap: 5m0s
  upgradeManifests: 5m0s
`;

test('the defaults of init show placeholders for token, name and address, and the first patch of the newest minor', async () => {
  expect(printYamlDocuments(await initDefaults())).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
bootstrapTokens:
- groups:
  - system:bootstrappers:kubeadm:default-node-token
  token: abcdef.0123456789abcdef
  ttl: 24h0m0s
  usages:
  - signing
  - authentication
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 1.2.3.4
  bindPort: 6443
nodeRegistration:
  criSocket: unix:///var/run/containerd/containerd.sock
  imagePullPolicy: IfNotPresent
  imagePullSerial: true
  name: node
  taints: null
${timeouts}---
apiServer: {}
apiVersion: kubeadm.k8s.io/v1beta4
caCertificateValidityPeriod: 87600h0m0s
certificateValidityPeriod: 8760h0m0s
certificatesDir: /etc/kubernetes/pki
clusterName: kubernetes
controllerManager: {}
dns: {}
encryptionAlgorithm: RSA-2048
etcd:
  local:
    dataDir: /var/lib/etcd
imageRepository: registry.k8s.io
kind: ClusterConfiguration
kubernetesVersion: 1.36.0
networking:
  dnsDomain: cluster.local
  serviceSubnet: 10.96.0.0/12
proxy: {}
scheduler: {}
`);
});

test('component configurations follow in the order in which they are named', async () => {
  const documents = await initDefaults(['KubeProxyConfiguration', 'KubeletConfiguration']);
  expect(documents.map((document) => document['kind'])).toEqual([
    'InitConfiguration',
    'ClusterConfiguration',
    'KubeProxyConfiguration',
    'KubeletConfiguration',
  ]);
  expect(documents[2]).toMatchObject({ bindAddress: '0.0.0.0', clusterCIDR: '' });
  expect(documents[3]).toMatchObject({ clusterDNS: ['10.96.0.10'], rotateCertificates: true });
});

test('an unknown component is refused with the names that are known', async () => {
  const error: unknown = await initDefaults(['kubeletConfiguration']).catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problems).toMatchObject([
    {
      code: 'CONFIG_UNKNOWN_KIND',
      summary: expect.stringContaining('[KubeProxyConfiguration KubeletConfiguration]'),
      remedy: 'Did you mean "KubeletConfiguration"?',
    },
  ]);
});

test('the defaults of join are those of a worker that trusts any CA', async () => {
  expect(printYamlDocuments(await joinDefaults('w1'))).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
caCertPath: /etc/kubernetes/pki/ca.crt
discovery:
  bootstrapToken:
    apiServerEndpoint: kube-apiserver:6443
    token: abcdef.0123456789abcdef
    unsafeSkipCAVerification: true
  tlsBootstrapToken: abcdef.0123456789abcdef
kind: JoinConfiguration
nodeRegistration:
  criSocket: unix:///var/run/containerd/containerd.sock
  imagePullPolicy: IfNotPresent
  imagePullSerial: true
  name: w1
  taints: null
${timeouts}`);
});

test('the defaults of reset name folder and socket', () => {
  expect(printYamlDocuments(resetDefaults())).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
certificatesDir: /etc/kubernetes/pki
criSocket: unix:///var/run/containerd/containerd.sock
kind: ResetConfiguration
${timeouts}`);
});

test('the defaults of upgrade show what is on', () => {
  expect(printYamlDocuments(upgradeDefaults())).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
apply:
  certificateRenewal: true
  etcdUpgrade: true
  imagePullPolicy: IfNotPresent
  imagePullSerial: true
diff: {}
kind: UpgradeConfiguration
node:
  certificateRenewal: true
  etcdUpgrade: true
  imagePullPolicy: IfNotPresent
  imagePullSerial: true
plan:
  etcdUpgrade: true
${timeouts}`);
});

test('everything that is printed is accepted again, in strict mode', async () => {
  const all = [
    ...(await initDefaults(['KubeletConfiguration', 'KubeProxyConfiguration'])),
    ...(await joinDefaults('w1')),
    ...resetDefaults(),
    ...upgradeDefaults(),
  ];
  const loaded = await loadConfig({ text: printYamlDocuments(all), strict: true });
  expect(loaded).toMatchObject({ ok: true, warnings: [], config: { init: {}, join: {}, reset: {}, upgrade: {} } });
});
