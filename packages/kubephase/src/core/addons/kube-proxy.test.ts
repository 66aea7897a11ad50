import { expect, test } from 'vitest';
import { release as v1_20 } from '../../releases/1.20.ts';
import { release as v1_22 } from '../../releases/1.22.ts';
import { release as v1_36 } from '../../releases/1.36.ts';
import { componentConfigHash } from '../cluster-objects/config-maps.ts';
import {
  kubeProxyConfigAccess,
  kubeProxyConfigMap,
  kubeProxyDaemonSet,
  kubeProxyRoleBinding,
  kubeProxyServiceAccount,
  markedKubeProxyConfigMap,
} from './kube-proxy.ts';

const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
    server: https://cp.example.test:6443
  name: default
contexts:
- context:
    cluster: default
    namespace: default
    user: default
  name: default
current-context: default
users:
- name: default
  user:
    tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token`;
const content = { config: 'kind: KubeProxyConfiguration\n', server: 'https://cp.example.test:6443' };
const data = { 'config.conf': 'kind: KubeProxyConfiguration', 'kubeconfig.conf': kubeconfig };

test('the ConfigMap holds the configuration and a kubeconfig, both without a newline at the end', () => {
  expect(kubeProxyConfigMap(content)).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-proxy', namespace: 'kube-system', labels: { app: 'kube-proxy' } },
    data,
  });
});

test.each([
  [true, undefined],
  [false, { 'kubeadm.kubernetes.io/component-config.hash': componentConfigHash(data) }],
])('with a configuration of the user (%s) the mark is %j', (userSupplied, annotations) => {
  expect(markedKubeProxyConfigMap(content, userSupplied).metadata.annotations).toEqual(annotations);
});

test('the DaemonSet is the one of kubeadm 1.36', () => {
  const env = [{ name: 'HTTP_PROXY', value: 'http://p' }];
  expect(kubeProxyDaemonSet({ image: 'registry.k8s.io/kube-proxy:v1.36.2', env, traits: v1_36.traits })).toEqual({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'kube-proxy', namespace: 'kube-system', labels: { 'k8s-app': 'kube-proxy' } },
    spec: {
      selector: { matchLabels: { 'k8s-app': 'kube-proxy' } },
      updateStrategy: { type: 'RollingUpdate' },
      template: {
        metadata: { labels: { 'k8s-app': 'kube-proxy' } },
        spec: {
          priorityClassName: 'system-node-critical',
          serviceAccountName: 'kube-proxy',
          hostNetwork: true,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
          containers: [
            {
              name: 'kube-proxy',
              image: 'registry.k8s.io/kube-proxy:v1.36.2',
              imagePullPolicy: 'IfNotPresent',
              command: ['/usr/local/bin/kube-proxy', '--config=/var/lib/kube-proxy/config.conf', '--hostname-override=$(NODE_NAME)'],
              securityContext: { privileged: true },
              env: [
                { name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
                { name: 'HTTP_PROXY', value: 'http://p' },
              ],
              volumeMounts: [
                { name: 'kube-proxy', mountPath: '/var/lib/kube-proxy' },
                { name: 'xtables-lock', mountPath: '/run/xtables.lock', readOnly: false },
                { name: 'lib-modules', mountPath: '/lib/modules', readOnly: true },
              ],
            },
          ],
          volumes: [
            { name: 'kube-proxy', configMap: { name: 'kube-proxy' } },
            { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
            { name: 'lib-modules', hostPath: { path: '/lib/modules' } },
          ],
        },
      },
    },
  });
});

const everything = { operator: 'Exists' };
const critical = { key: 'CriticalAddonsOnly', operator: 'Exists' };

test.each([
  [v1_20, [critical, everything]],
  [v1_22, [everything]],
])('kube-proxy of $minor runs on every node', ({ traits }, tolerations) => {
  expect(kubeProxyDaemonSet({ image: 'i', env: [], traits })).toMatchObject({ spec: { template: { spec: { tolerations } } } });
});

test('further variables stand in the order of their names', () => {
  const env = [
    { name: 'no_proxy', value: '10.0.0.0/8' },
    { name: 'HTTPS_PROXY', value: 'http://p' },
  ];
  const names = [...JSON.stringify(kubeProxyDaemonSet({ image: 'i', env, traits: v1_36.traits })).matchAll(/"name":"(\w+_\w+)"/g)].map(
    ([, name]) => name,
  );
  expect(names).toEqual(['NODE_NAME', 'HTTPS_PROXY', 'no_proxy']);
});

test('ServiceAccount and rights are those of kubeadm', () => {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const metadata = { name: 'kube-proxy', namespace: 'kube-system' };
  expect([kubeProxyServiceAccount(), kubeProxyRoleBinding(), ...kubeProxyConfigAccess()]).toEqual([
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'kubeadm:node-proxier' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:node-proxier' },
      subjects: [{ kind: 'ServiceAccount', name: 'kube-proxy', namespace: 'kube-system' }],
    },
    {
      apiVersion,
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resourceNames: ['kube-proxy'], resources: ['configmaps'], verbs: ['get'] }],
    },
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'kube-proxy' },
      subjects: [{ kind: 'Group', name: 'system:bootstrappers:kubeadm:default-node-token' }],
    },
  ]);
});
