/** The JSON Schemas in `schemas` are those that the program's own schemas make. `npm run update:docs` renews them. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../src/formats/yaml/read.ts';
import { loadConfig } from '../../src/config/whole-file.ts';
import { jsonSchemas } from './schemas.ts';

const folder = fileURLToPath(new URL('../../schemas', import.meta.url));
const schemas = jsonSchemas();

describe('the published schemas', () => {
  it.each([...schemas.keys()])('%s is up to date', async (path) => {
    await expect(`${JSON.stringify(schemas.get(path), undefined, 2)}\n`).toMatchFileSnapshot(join(folder, path));
  });

  it('has no file that is not made', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
    expect(files.filter((file) => !schemas.has(file))).toEqual([]);
  });

  it.each([...schemas.keys()])('%s describes every field', (path) => {
    expect(undescribed(schemas.get(path) as Described, path)).toEqual([]);
  });
});

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly definitions?: Readonly<Record<string, Described>>;
}

function undescribed({ properties = {}, items, definitions = {} }: Described, path: string): readonly string[] {
  const children = [...Object.entries(properties), ...Object.entries(definitions)];
  const missing = Object.entries(properties).filter(([, field]) => field.description === undefined);
  const below = children.flatMap(([name, child]) => undescribed(child, `${path}.${name}`));
  return [...missing.map(([name]) => `${path}.${name}`), ...below, ...(items === undefined ? [] : undescribed(items, `${path}[]`))];
}

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const combined = ajv.compile(schemas.get('kubeadm.json') as object);

function fits(path: string, text: string): boolean {
  const read = readYaml(text);
  const data = 'data' in read ? read.data : undefined;
  const single = ajv.compile(schemas.get(path) as object)(data);
  // The combined schema agrees with the one of the kind.
  expect(combined(data)).toBe(single);
  return single;
}

const groups: Readonly<Record<string, string>> = {
  KubeletConfiguration: 'kubelet.config.k8s.io',
  KubeProxyConfiguration: 'kubeproxy.config.k8s.io',
};

const document = (version: string, kind: string, fields: string) =>
  `apiVersion: ${groups[kind] ?? 'kubeadm.k8s.io'}/${version}\nkind: ${kind}\n${fields}\n`;

/** What the form of a document decides; values that only rules can judge are not among these. */
const samples: readonly (readonly [string, string, string])[] = [
  ['v1beta4', 'ClusterConfiguration', ''],
  ['v1beta4', 'ClusterConfiguration', 'networking: null\netcd: {}\napiServer: {extraArgs: null, certSANs: []}'],
  [
    'v1beta4',
    'ClusterConfiguration',
    'apiServer: {extraArgs: [{name: v, value: "5"}], extraEnvs: [{name: a, valueFrom: {fieldRef: {fieldPath: x}}}]}',
  ],
  ['v1beta4', 'ClusterConfiguration', 'apiServer: {extraArgs: {v: "5"}}'],
  ['v1beta4', 'ClusterConfiguration', 'clustername: x'],
  ['v1beta4', 'ClusterConfiguration', 'clusterName: 5'],
  ['v1beta4', 'ClusterConfiguration', 'clusterName: on'],
  ['v1beta4', 'ClusterConfiguration', 'encryptionAlgorithm: ECDSA-P256'],
  ['v1beta4', 'ClusterConfiguration', 'encryptionAlgorithm: ""'],
  ['v1beta4', 'ClusterConfiguration', 'encryptionAlgorithm: ecdsa'],
  ['v1beta4', 'ClusterConfiguration', 'featureGates: {RootlessControlPlane: true}'],
  ['v1beta4', 'ClusterConfiguration', 'featureGates: {RootlessControlPlane: "true"}'],
  ['v1beta4', 'ClusterConfiguration', 'certificateValidityPeriod: 100h0m0.5s'],
  ['v1beta4', 'ClusterConfiguration', 'certificateValidityPeriod: -1h'],
  ['v1beta4', 'ClusterConfiguration', 'certificateValidityPeriod: "0"'],
  ['v1beta4', 'ClusterConfiguration', 'certificateValidityPeriod: 1y'],
  ['v1beta4', 'ClusterConfiguration', 'certificateValidityPeriod: ""'],
  ['v1beta4', 'ClusterConfiguration', 'networking: []'],
  ['v1beta4', 'ClusterConfiguration', 'proxy: {disabled: yes}'],
  ['v1beta3', 'ClusterConfiguration', 'proxy: {disabled: yes}'],
  ['v1beta3', 'ClusterConfiguration', 'apiServer: {extraArgs: {v: "5", w: null}, timeoutForControlPlane: 4m}'],
  ['v1beta3', 'ClusterConfiguration', 'apiServer: {extraArgs: [{name: v, value: "5"}]}'],
  ['v1beta3', 'ClusterConfiguration', 'etcd: {local: {dataDir: /d, extraArgs: {a: b}}}'],
  ['v1beta4', 'InitConfiguration', 'bootstrapTokens: [{token: abcdef.0123456789abcdef, ttl: 1h, usages: [signing, authentication]}, null]'],
  ['v1beta4', 'InitConfiguration', 'bootstrapTokens: [{token: abcdef}]'],
  ['v1beta4', 'InitConfiguration', 'bootstrapTokens: [{usages: [sign]}]'],
  ['v1beta4', 'InitConfiguration', 'bootstrapTokens: [{expires: "2030-01-01T00:00:00Z"}]'],
  ['v1beta4', 'InitConfiguration', 'bootstrapTokens: [{expires: tomorrow}]'],
  ['v1beta4', 'InitConfiguration', 'localAPIEndpoint: {bindPort: 6443}'],
  ['v1beta4', 'InitConfiguration', 'localAPIEndpoint: {bindPort: "6443"}'],
  ['v1beta4', 'InitConfiguration', 'localAPIEndpoint: {bindPort: 6443.5}'],
  ['v1beta4', 'InitConfiguration', 'localAPIEndpoint: {bindPort: 99999999999}'],
  ['v1beta4', 'InitConfiguration', 'nodeRegistration: {imagePullPolicy: Never, taints: []}'],
  ['v1beta4', 'InitConfiguration', 'nodeRegistration: {imagePullPolicy: never}'],
  ['v1beta3', 'InitConfiguration', 'dryRun: true'],
  ['v1beta3', 'InitConfiguration', 'nodeRegistration: {kubeletExtraArgs: {v: "5"}}'],
  ['v1beta4', 'JoinConfiguration', 'discovery: {file: {kubeConfigPath: "https://a/b"}}\ncontrolPlane: {}'],
  ['v1beta4', 'JoinConfiguration', 'discovery: {file: {kubeConfigPath: "https://a/b"}, timeout: 5m}'],
  ['v1beta3', 'JoinConfiguration', 'discovery: {file: {kubeConfigPath: "https://a/b"}, timeout: 5m}'],
  ['v1beta4', 'ResetConfiguration', 'unmountFlags: [MNT_FORCE]\nforce: true'],
  ['v1beta4', 'ResetConfiguration', 'unmountFlags: [MNT_FORGE]'],
  ['v1beta4', 'ResetConfiguration', 'timeouts: {discovery: 5}'],
  [
    'v1beta4',
    'UpgradeConfiguration',
    'apply: {etcdUpgrade: false, imagePullPolicy: Always}\ndiff: {contextLines: 3}\nplan: {printConfig: true}',
  ],
  ['v1beta4', 'UpgradeConfiguration', 'apply: {contextLines: 3}'],
  ['v1beta4', 'UpgradeConfiguration', 'node: {forceUpgrade: true}'],
  ['v1beta1', 'KubeletConfiguration', 'maxPods: 110\nevictionHard: {memory.available: 100Mi}\nclusterDNS: [10.96.0.10]\nmemorySwap: null'],
  ['v1beta1', 'KubeletConfiguration', 'maxPods: "110"'],
  ['v1beta1', 'KubeletConfiguration', 'maxPods: 1.5'],
  ['v1beta1', 'KubeletConfiguration', 'evictionHard: {memory.available: 100}'],
  ['v1beta1', 'KubeletConfiguration', 'maxpods: 110'],
  [
    'v1beta1',
    'KubeletConfiguration',
    'logging: {flushFrequency: 5s, vmodule: [{filePattern: a, verbosity: 3}], options: {json: {infoBufferSize: 1Mi}}}',
  ],
  ['v1beta1', 'KubeletConfiguration', 'logging: {flushFrequency: 5000000000, verbosity: -1}'],
  ['v1beta1', 'KubeletConfiguration', 'syncFrequency: 60'],
  ['v1beta1', 'KubeletConfiguration', 'reservedMemory: [{numaNode: 0, limits: {memory: 1Gi, cpu: 1}}]'],
  ['v1beta1', 'KubeletConfiguration', 'reservedMemory: [{numaNode: 0, limits: {memory: much}}]'],
  ['v1alpha1', 'KubeProxyConfiguration', 'mode: nftables\nconntrack: {maxPerCore: null, min: 5}\nclientConnection: {qps: 1.5}'],
  ['v1alpha1', 'KubeProxyConfiguration', 'conntrack: {maxPerCore: "0"}'],
  ['v1alpha1', 'KubeProxyConfiguration', 'conntrack: []'],
];

describe('the schemas and the loader agree', () => {
  it.each(samples)('on %s %s with %s', async (version, kind, fields) => {
    const text = document(version, kind, fields);
    const loaded = await loadConfig({ text, strict: true });
    expect(fits(`${version}/${kind.toLowerCase()}.json`, text)).toBe(loaded.ok);
  });

  it('accepts and refuses some of the samples each', async () => {
    const results = await Promise.all(
      samples.map(async ([version, kind, fields]) => (await loadConfig({ text: document(version, kind, fields), strict: true })).ok),
    );
    expect(results.filter((ok) => ok).length).toBeGreaterThan(15);
    expect(results.filter((ok) => !ok).length).toBeGreaterThan(15);
  });

  it.each([
    ['another version', document('v1beta2', 'ClusterConfiguration', '')],
    ['a kind that came later', document('v1beta3', 'ResetConfiguration', '')],
    ['no kind', 'apiVersion: kubeadm.k8s.io/v1beta4\n'],
  ])('a document of %s fits no schema', (_what, text) => {
    const read = readYaml(text);
    expect(combined('data' in read ? read.data : undefined)).toBe(false);
  });
});
