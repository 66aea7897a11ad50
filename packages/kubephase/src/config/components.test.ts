import { expect, test } from 'vitest';
import { clusterText, loadText, succeeded } from './load.cases.ts';

const kubelet = (fields: string) =>
  `${clusterText('')}---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${fields}\n`;
const proxy = (fields: string, cluster = '') =>
  `${clusterText(cluster)}---\napiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n${fields}\n`;

const overrides = async (text: string) =>
  succeeded(await loadText(text)).warnings.flatMap(({ code, where }) => (code === 'CONFIG_COMPONENT_OVERRIDE' ? (where?.field ?? '') : []));

test('the kubelet gets what the cluster needs', async () => {
  const text = clusterText('certificatesDir: /srv/pki\nnetworking: {serviceSubnet: 172.20.0.0/16, dnsDomain: corp.internal}');
  const { kubelet: made } = succeeded(await loadText(text)).config;
  expect(made.userSupplied).toBe(false);
  expect(made.document).toMatchObject({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true, cacheTTL: '0s' },
      x509: { clientCAFile: '/srv/pki/ca.crt' },
    },
    authorization: { mode: 'Webhook' },
    cgroupDriver: 'systemd',
    clusterDNS: ['172.20.0.10'],
    clusterDomain: 'corp.internal',
    healthzBindAddress: '127.0.0.1',
    healthzPort: 10_248,
    rotateCertificates: true,
    staticPodPath: '/etc/kubernetes/manifests',
  });
  expect(made.document).not.toHaveProperty('readOnlyPort');
});

test.each([
  ['staticPodPath: /x', 'staticPodPath'],
  ['clusterDNS: [1.2.3.4]', 'clusterDNS'],
  ['clusterDNS: []', 'clusterDNS'],
  ['clusterDomain: x', 'clusterDomain'],
  ['authentication: {x509: {clientCAFile: /x}}', 'authentication.x509.clientCAFile'],
  ['authentication: {anonymous: {enabled: true}}', 'authentication.anonymous.enabled'],
  ['authentication: {webhook: {enabled: false}}', 'authentication.webhook.enabled'],
  ['authorization: {mode: AlwaysAllow}', 'authorization.mode'],
  ['healthzBindAddress: 0.0.0.0', 'healthzBindAddress'],
  ['healthzPort: 0', 'healthzPort'],
  ['readOnlyPort: 10255', 'readOnlyPort'],
])('kubelet: %s is kept with a warning', async (fields, field) => {
  expect(await overrides(kubelet(fields))).toEqual([field]);
});

test.each([
  'staticPodPath: ""',
  'clusterDNS: null',
  'authentication: null',
  'readOnlyPort: 0',
  'cgroupDriver: cgroupfs',
  'rotateCertificates: false',
  'maxPods: 5',
])('kubelet: %s does not warn', async (fields) => {
  expect(await overrides(kubelet(fields))).toEqual([]);
});

test("the user's values stay, also beside zero values and recommended ones; client certificates rotate anyway", async () => {
  const { config } = succeeded(
    await loadText(
      kubelet('logging: {verbosity: 2}\ncgroupDriver: cgroupfs\nrotateCertificates: false\nevictionHard: {memory.available: 1Gi}'),
    ),
  );
  expect(config.kubelet.userSupplied).toBe(true);
  expect(config.kubelet.document).toMatchObject({
    logging: { verbosity: 2, flushFrequency: 0 },
    cgroupDriver: 'cgroupfs',
    rotateCertificates: true,
    evictionHard: { 'memory.available': '1Gi' },
    staticPodPath: '/etc/kubernetes/manifests',
  });
});

test.each([
  ['staticPodPath: 1', 'staticPodPath'],
  ['authentication: x', 'authentication'],
  ['clusterDNS: 1.2.3.4', 'clusterDNS'],
])('kubelet: the wrong type of %s is an error with its place', async (fields, field) => {
  expect(await loadText(kubelet(fields))).toMatchObject({
    ok: false,
    problems: [{ code: 'CONFIG_WRONG_TYPE', where: { field, line: 8, column: 1 } }],
  });
});

test('before 1.22 the cgroup driver is left to the kubelet', async () => {
  expect(succeeded(await loadText(clusterText('kubernetesVersion: v1.21.0'))).config.kubelet.document).not.toHaveProperty('cgroupDriver');
});

test('kube-proxy gets the Pod network and an address of the family of the API server', async () => {
  const four = succeeded(await loadText(clusterText('networking: {podSubnet: 10.244.0.0/16}'))).config.kubeProxy.document;
  expect(four).toMatchObject({
    bindAddress: '0.0.0.0',
    clusterCIDR: '10.244.0.0/16',
    clientConnection: { kubeconfig: '/var/lib/kube-proxy/kubeconfig.conf' },
  });
  const six = `${clusterText('')}---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\nlocalAPIEndpoint: {advertiseAddress: "2001:db8::1"}\n`;
  expect(succeeded(await loadText(six)).config.kubeProxy.document).toMatchObject({ bindAddress: '::', clusterCIDR: '' });
});

test.each([
  ['bindAddress: 1.2.3.4', '', ['bindAddress']],
  ['clusterCIDR: 10.0.0.0/8', 'networking: {podSubnet: 10.244.0.0/16}', ['clusterCIDR']],
  ['clusterCIDR: 10.0.0.0/8', '', []],
  ['clientConnection: {kubeconfig: /x}', '', ['clientConnection.kubeconfig']],
  ['mode: bogus', '', []],
])('kube-proxy: %s beside %j warns about %j', async (fields, cluster, warned) => {
  expect(await overrides(proxy(fields, cluster))).toEqual(warned);
});
