import { describe, expect, test } from 'vitest';
import { createMemoryHost } from '../host/memory/host.ts';
import { releases } from '../releases/index.ts';
import { componentFields, type ComponentField, type ComponentName } from '../releases/components/fields.ts';
import { clusterText, loadText, machine, succeeded } from './load.cases.ts';
import { loadJoinConfig } from './load-kinds.ts';
import { loadConfig } from './whole-file.ts';

const documents = {
  KubeletConfiguration: 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration',
  KubeProxyConfiguration: 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration',
} as const;

const beside = (kind: ComponentName, fields: string, version = 'v1.36.2') =>
  `${documents[kind]}\n${fields}\n---\n${clusterText(`kubernetesVersion: ${version}`)}`;

async function problemsIn(text: string) {
  const loaded = await loadConfig({ text, strict: true });
  return loaded.ok ? [] : loaded.problems.map(({ code, where, remedy }) => ({ code, field: where?.field, line: where?.line, remedy }));
}

describe('types of component documents', () => {
  test.each<[ComponentName, string, string]>([
    ['KubeletConfiguration', 'maxPods: "110"', 'maxPods'],
    ['KubeletConfiguration', 'failSwapOn: "false"', 'failSwapOn'],
    ['KubeletConfiguration', 'clusterDNS: 10.96.0.10', 'clusterDNS'],
    ['KubeletConfiguration', 'clusterDNS: [1]', 'clusterDNS.0'],
    ['KubeletConfiguration', 'featureGates: {A: "true"}', 'featureGates.A'],
    ['KubeletConfiguration', 'systemReserved: {cpu: 1}', 'systemReserved.cpu'],
    ['KubeletConfiguration', 'authentication: []', 'authentication'],
    ['KubeletConfiguration', 'staticPodURLHeader: {A: b}', 'staticPodURLHeader.A'],
    ['KubeletConfiguration', 'registerWithTaints: [{key: 1}]', 'registerWithTaints.0.key'],
    ['KubeletConfiguration', 'syncFrequency: 60', 'syncFrequency'],
    ['KubeProxyConfiguration', 'conntrack: {maxPerCore: "0"}', 'conntrack.maxPerCore'],
    ['KubeProxyConfiguration', 'iptables: {masqueradeAll: 1}', 'iptables.masqueradeAll'],
    ['KubeProxyConfiguration', 'mode: 1', 'mode'],
  ])('%s: %s is an error in every command', async (kind, fields, field) => {
    const expected = { code: 'CONFIG_WRONG_TYPE', where: { field, line: 3 } };
    expect(await loadText(beside(kind, fields))).toMatchObject({ ok: false, problems: [expected] });
    expect(await loadConfig({ text: beside(kind, fields) })).toMatchObject({ ok: false, problems: [expected] });
  });

  test.each<[string, string]>([
    ['maxPods: 1.5', 'maxPods'],
    ['maxPods: 3000000000', 'maxPods'],
    ['logging: {verbosity: -1}', 'logging.verbosity'],
    ['syncFrequency: 1 minute', 'syncFrequency'],
    ['reservedMemory: [{numaNode: 0, limits: {memory: much}}]', 'reservedMemory.0.limits.memory'],
    ['registerWithTaints: [{key: a, effect: NoSchedule, timeAdded: soon}]', 'registerWithTaints.0.timeAdded'],
  ])('KubeletConfiguration: the value of %s is an error too', async (fields, field) => {
    expect(await loadText(beside('KubeletConfiguration', fields))).toMatchObject({
      ok: false,
      problems: [{ code: 'CONFIG_INVALID_VALUE', where: { field } }],
    });
  });

  test('a file with nothing but a component is checked as well', async () => {
    expect(await problemsIn(`${documents.KubeletConfiguration}\nmaxPods: "1"\n`)).toMatchObject([{ field: 'maxPods' }]);
  });

  test('a component beside a JoinConfiguration is ignored, but not with wrong types', async () => {
    const join =
      'apiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\ndiscovery: {tlsBootstrapToken: abcdef.0123456789abcdef, file: {kubeConfigPath: "https://a.example/d"}}\n';
    const load = (fields: string) => {
      const host = createMemoryHost({ ...machine, files: { '/c.yaml': `${join}---\n${documents.KubeletConfiguration}\n${fields}\n` } });
      return loadJoinConfig(host, { configPath: '/c.yaml', flags: {}, fieldTable: { fields: {} }, detectCriSocket: false });
    };
    expect(await load('maxPods: 1')).toMatchObject({ ok: true, warnings: [{ code: 'CONFIG_DOCUMENT_IGNORED' }] });
    expect(await load('maxPods: "1"')).toMatchObject({ ok: false, problems: [{ code: 'CONFIG_WRONG_TYPE', where: { line: 7 } }] });
  });

  test('null and right types are accepted', async () => {
    const fields = [
      'maxPods: null',
      'clusterDNS: [10.96.0.10, null]',
      'evictionHard: {memory.available: 100Mi}',
      'authentication: {anonymous: {enabled: false}}',
      'logging: {flushFrequency: 5s, options: {json: {infoBufferSize: "0"}}}',
      'shutdownGracePeriodByPodPriority: [{priority: 0, shutdownGracePeriodSeconds: 60}]',
      'memoryThrottlingFactor: 0.9',
    ];
    expect(await problemsIn(beside('KubeletConfiguration', fields.join('\n')))).toEqual([]);
  });
});

describe('unknown fields of component documents', () => {
  test.each<[ComponentName, string, string]>([
    ['KubeletConfiguration', 'maxPod: 50', 'maxPods'],
    ['KubeletConfiguration', 'cgroupdriver: cgroupfs', 'cgroupDriver'],
    ['KubeletConfiguration', 'authentication: {anonymus: {enabled: true}}', 'anonymous'],
    ['KubeletConfiguration', 'registerWithTaints: [{keys: a}]', 'key'],
    ['KubeProxyConfiguration', 'modes: ipvs', 'mode'],
  ])('%s: %s is a problem that names %s, and a warning where the cluster is set up', async (kind, fields, meant) => {
    const text = beside(kind, fields);
    expect(await problemsIn(text)).toMatchObject([{ code: 'CONFIG_UNKNOWN_FIELD', line: 3 }]);
    expect((await problemsIn(text))[0]?.remedy).toContain(`"${meant}"`);
    expect(succeeded(await loadText(text)).warnings).toMatchObject([{ code: 'CONFIG_UNKNOWN_FIELD', where: { line: 3 } }]);
  });

  test.each<[ComponentName, string, string, string, string]>([
    ['KubeletConfiguration', 'memorySwap: {swapBehavior: LimitedSwap}', 'v1.21.3', 'v1.22.0', '1.22 and later'],
    ['KubeletConfiguration', 'logging: {sanitization: true}', 'v1.24.0', 'v1.23.4', 'up to 1.23'],
    ['KubeProxyConfiguration', 'nftables: {masqueradeAll: true}', 'v1.28.9', 'v1.29.0', '1.29 and later'],
    ['KubeProxyConfiguration', 'udpIdleTimeout: 5s', 'v1.26.0', 'v1.25.1', 'up to 1.25'],
  ])('%s: %s is unknown for the target %s, known for %s', async (...[kind, fields, without, having, minors]) => {
    expect(await problemsIn(beside(kind, fields, having))).toEqual([]);
    const [problem] = await problemsIn(beside(kind, fields, without));
    expect(problem).toMatchObject({ code: 'CONFIG_UNKNOWN_FIELD' });
    expect(problem?.remedy).toContain(minors);
  });

  test('of the many fields of a kubelet, those with the same letter are listed', async () => {
    const loaded = await loadConfig({ text: beside('KubeletConfiguration', 'maxPod: 50'), strict: true });
    const detail = loaded.ok ? '' : (loaded.problems[0]?.detail ?? '');
    expect(detail).toContain('maxPods');
    expect(detail).not.toContain('cgroupDriver');
  });

  test('without a target, fields of every minor are known', async () => {
    expect(await problemsIn(`${documents.KubeProxyConfiguration}\nudpIdleTimeout: 5s\nnftables: {}\n`)).toEqual([]);
  });
});

/** Paths of all keys that a release prints with zero values. */
function paths(value: unknown, at: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = at.concat(key);
    return [path].concat(paths(inner, path) as string[][]);
  });
}

function find(kind: ComponentName, path: readonly string[]): ComponentField | undefined {
  return path.reduce<ComponentField | undefined>(
    (field, name, depth) => (depth === 0 ? componentFields(kind) : field?.fields)?.get(name),
    undefined,
  );
}

describe('the tables of fields', () => {
  test.each(releases)('hold what Kubernetes $minor prints', ({ minor, traits }) => {
    const number = Number(minor.split('.')[1]);
    const missing = (kind: ComponentName, zeros: object) =>
      paths(zeros).filter((path) => find(kind, path)?.types.every(({ from, to }) => number < from || number > to) !== false);
    expect(missing('KubeletConfiguration', traits.kubeletZeroFields)).toEqual([]);
    expect(missing('KubeProxyConfiguration', traits.kubeProxyZeroFields)).toEqual([]);
  });
});
