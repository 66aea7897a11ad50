import { expect, test } from 'vitest';
import { printYaml, printYamlDocuments } from '../../formats/yaml/print.ts';
import { clusterText, initText, loadText, succeeded } from '../load.cases.ts';
import { clusterConfigurationDocument, initConfigurationDocument } from './documents.ts';

test('a default cluster is printed as kubeadm-config holds it', async () => {
  const { config } = succeeded(await loadText(clusterText('')));
  expect(printYaml(clusterConfigurationDocument(config.cluster))).toBe(`apiServer: {}
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
kubernetesVersion: v1.36.2
networking:
  dnsDomain: cluster.local
  serviceSubnet: 10.96.0.0/12
proxy: {}
scheduler: {}
`);
});

test('a CI build and disabled add-ons are recorded', async () => {
  const { config } = succeeded(
    await loadText(clusterText('kubernetesVersion: ci/v1.36.2\ndns: {disabled: true}\nproxy: {disabled: true}')),
  );
  expect(clusterConfigurationDocument(config.cluster)).toMatchObject({
    kubernetesVersion: 'ci/v1.36.2',
    dns: { disabled: true },
    proxy: { disabled: true },
  });
});

const cluster = `apiServer: {certSANs: [a.example], extraArgs: [{name: v, value: ""}], extraEnvs: [{name: A, value: b}, {name: B, valueFrom: {fieldRef: {fieldPath: x}}}]}
scheduler: {extraVolumes: [{name: x, hostPath: /x, mountPath: /y, readOnly: true, pathType: File}]}
controlPlaneEndpoint: lb.example
dns: {imageRepository: reg.example, imageTag: v1}
featureGates: {RootlessControlPlane: true}
networking: {podSubnet: "10.244.0.0/16,fd00::/56"}`;
const init = `bootstrapTokens: [{token: abcdef.0123456789abcdef, ttl: 0s, description: x}, {token: abcdef.0123456789abcdeg, expires: "2030-01-01T00:00:00Z"}]
certificateKey: "${'0a'.repeat(32)}"
dryRun: true
nodeRegistration: {taints: [], kubeletExtraArgs: [{name: v, value: "4"}], ignorePreflightErrors: [swap], imagePullPolicy: Never, imagePullSerial: false}
patches: {directory: /patches}
skipPhases: [addon]
timeouts: {discovery: 90s}`;

test.each([
  ['local', `${cluster}\netcd: {local: {dataDir: /data, imageTag: x, serverCertSANs: [a], extraArgs: [{name: a, value: b}]}}`],
  ['external', `${cluster}\netcd: {external: {endpoints: ["https://a:1"], caFile: /ca, certFile: /c, keyFile: /k}}`],
])('what is printed is read back as the same configuration (%s etcd)', async (_etcd, fields) => {
  const text = `${clusterText(fields)}---\n${initText(init).split('---\n')[1]}`;
  const first = succeeded(await loadText(text)).config;
  const printed = printYamlDocuments([initConfigurationDocument(first), clusterConfigurationDocument(first.cluster)]);
  const loaded = succeeded(await loadText(printed, { strict: true }));
  expect(loaded.config).toEqual(first);
});
