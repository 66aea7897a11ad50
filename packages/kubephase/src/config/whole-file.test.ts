import { expect, test } from 'vitest';
import { createMemoryHost } from '../host/memory/host.ts';
import { documentText, succeeded, verdict } from './kinds.cases.ts';
import { machine } from './load.cases.ts';
import { loadConfig } from './whole-file.ts';

const cluster = documentText('ClusterConfiguration', 'kubernetesVersion: v1.36.2');
const join = documentText('JoinConfiguration', 'discovery: {file: {kubeConfigPath: /nowhere}}');
const reset = documentText('ResetConfiguration', '');
const upgrade = documentText('UpgradeConfiguration', '');
const kubelet = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n';
const host = createMemoryHost({ ...machine, files: { '/all.yaml': [cluster, join, reset, upgrade].join('---\n') } });

test('every kind of a text is loaded, without a machine and without warnings about the others', async () => {
  const { config, warnings } = succeeded(await loadConfig({ text: [cluster, join, reset, upgrade, kubelet].join('---\n'), strict: true }));
  expect(Object.keys(config).sort()).toEqual(['init', 'join', 'release', 'reset', 'upgrade']);
  expect(config.init).toMatchObject({ nodeRegistration: { name: 'node' }, localAPIEndpoint: { advertiseAddress: '1.2.3.4' } });
  expect(config.init?.kubelet.userSupplied).toBe(true);
  expect(config.release?.minor).toBe('1.36');
  expect(config.join).toMatchObject({ nodeRegistration: { name: 'node' }, discovery: { file: { kubeConfigPath: '/nowhere' } } });
  expect(warnings).toEqual([]);
});

test('with a machine its values are taken, and files that are named have to exist', async () => {
  const loaded = await loadConfig({ path: '/all.yaml', host });
  expect(verdict(loaded)).toEqual(['CONFIG_INVALID_VALUE discovery.file.kubeConfigPath']);
  const { config } = succeeded(await loadConfig({ text: cluster, host }));
  expect(config.init).toMatchObject({ nodeRegistration: { name: 'cp1' }, localAPIEndpoint: { advertiseAddress: '192.0.2.10' } });
});

test('a path that cannot be read is a problem', async () => {
  expect(verdict(await loadConfig({ path: '/none.yaml', host }))).toEqual(['CONFIG_UNREADABLE']);
});

test.each(['', '# nothing\n', kubelet])('a text without kinds of the tool is an empty configuration: %j', async (text) => {
  expect(succeeded(await loadConfig({ text, strict: true })).config).toEqual({});
});

test('without a machine nothing is said about fields that were not given', async () => {
  const single = documentText('ClusterConfiguration', 'networking: {serviceSubnet: "2001:db8::/112"}');
  expect(succeeded(await loadConfig({ text: single })).warnings).toEqual([]);
  const label = documentText('ClusterConfiguration', 'kubernetesVersion: stable-1.36');
  expect(succeeded(await loadConfig({ text: label })).warnings.map(({ code }) => code)).toEqual(['VERSION_LABEL_UNRESOLVED']);
  const onMachine = succeeded(await loadConfig({ text: single, host })).warnings.map(({ code }) => code);
  expect(onMachine).toEqual(['VERSION_LABEL_UNRESOLVED', 'CONFIG_QUESTIONABLE_VALUE']);
});

test('deprecated versions warn unless that is asked not to', async () => {
  const text = cluster.replace('v1beta4', 'v1beta3');
  expect(succeeded(await loadConfig({ text })).warnings.map(({ code }) => code)).toEqual(['CONFIG_API_VERSION_DEPRECATED']);
  expect(succeeded(await loadConfig({ text, strict: true })).warnings).toHaveLength(1);
  expect(succeeded(await loadConfig({ text, allowDeprecatedVersions: true })).warnings).toEqual([]);
});

test('problems of all kinds come together, each with its own place', async () => {
  const text = [
    documentText('UpgradeConfiguration', 'apply: {imagePullPolicy: x}'),
    documentText('ResetConfiguration', 'criSocket: unixfoo'),
    documentText('JoinConfiguration', 'discovery: {file: {kubeConfigPath: "https://a/b"}}\nnodeRegistration: {name: a_b}'),
    documentText('InitConfiguration', 'nodeRegistration: {name: a_b}'),
    cluster,
  ].join('---\n');
  const loaded = await loadConfig({ text });
  expect(loaded.ok ? [] : loaded.problems.map(({ where }) => `${where?.line} ${where?.field}`)).toEqual([
    '16 nodeRegistration.name',
    '12 nodeRegistration.name',
    '7 criSocket',
    '3 apply.imagePullPolicy',
  ]);
});

test('a wait in an old ClusterConfiguration holds for an old JoinConfiguration beside it', async () => {
  const old = documentText('ClusterConfiguration', 'apiServer: {timeoutForControlPlane: 7m}').replace('v1beta4', 'v1beta3');
  for (const [joining, minutes] of [
    [join.replace('v1beta4', 'v1beta3'), 7],
    [join, 4],
  ] as const) {
    const { config } = succeeded(await loadConfig({ text: `${old}---\n${joining}` }));
    expect(config.join?.timeouts.controlPlaneComponentHealthCheckMs).toBe(minutes * 60_000);
    expect(config.init?.timeouts.controlPlaneComponentHealthCheckMs).toBe(420_000);
  }
});

test('the origin of a field names the text', async () => {
  const { origin } = succeeded(await loadConfig({ text: cluster, name: 'mine.yaml' }));
  expect(origin('ClusterConfiguration.kubernetesVersion')).toMatchObject({ file: 'mine.yaml', line: 3 });
  expect(origin('ClusterConfiguration.clusterName')).toBeUndefined();
});

test('unknown versions of Kubernetes are refused unless they are allowed', async () => {
  const text = documentText('ClusterConfiguration', 'kubernetesVersion: v1.99.0');
  expect(verdict(await loadConfig({ text }))).toEqual(['VERSION_UNSUPPORTED kubernetesVersion']);
  expect(verdict(await loadConfig({ text, allowUnknownVersion: true }))).toEqual(['ok']);
});
