import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printYaml, printYamlDocuments } from '../formats/yaml/print.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import { machine } from './load.cases.ts';
import {
  clusterConfigurationDocument,
  initConfigurationDocument,
  joinConfigurationDocument,
  resetConfigurationDocument,
  upgradeConfigurationDocument,
} from './print/documents.ts';
import { loadConfig, type WholeConfig } from './whole-file.ts';
import { encryptionAlgorithms, imagePullPolicies, pathTypes, taintEffects, unmountFlags } from './vocabulary.ts';

const host = createMemoryHost({ ...machine, files: { '/discovery.conf': '' } });

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const fields = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(model, { requiredKeys: [] });
const name = fc.stringMatching(/^[a-z]([a-z0-9-]{0,7}[a-z0-9])?$/);
const text = fc.oneof(
  name,
  fc.constantFrom('', 'true', '1', '0755', 'on', 'a: b', '# x', 'a\nb\n', 'ünï', '~', ' x ', '- a', '2020-01-01'),
);
const path = name.map((word) => `/${word}`);
const flag = fc.boolean();
const duration = fc.constantFrom('0s', '4m', '1h30m', '1.5s', '-5m', '100ms', '87600h');
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 });
const args = list(fc.record({ name, value: text }));
const timeouts = fields({ discovery: duration, etcdAPICall: duration, kubeletHealthCheck: duration, upgradeManifests: duration });
const patches = fields({ directory: path });
const endpoint = fields({
  advertiseAddress: fc.constantFrom('192.0.2.7', '2001:db8::7', '10.0.0.1'),
  bindPort: fc.integer({ min: 0, max: 65_535 }),
});
const certificateKey = fc.constant('0a'.repeat(32));
const token = fc.constantFrom('abcdef.0123456789abcdef', '772ef5.6b6baab1d4a0a171');
const ignored = list(name);

const node = fields({
  name,
  criSocket: fc.constantFrom('unix:///run/x.sock', 'unix:///run/y.sock'),
  taints: list(fc.record({ key: name, effect: fc.constantFrom(...taintEffects), value: maybe(name) })),
  kubeletExtraArgs: args,
  ignorePreflightErrors: ignored,
  imagePullPolicy: fc.constantFrom(...imagePullPolicies),
  imagePullSerial: flag,
});

const init = fields({
  dryRun: flag,
  nodeRegistration: node,
  localAPIEndpoint: endpoint,
  certificateKey,
  skipPhases: list(name),
  patches,
  timeouts,
}).chain((given) =>
  fc
    .array(
      fc.oneof(
        fc.record({
          token,
          description: maybe(text),
          ttl: maybe(duration),
          usages: maybe(fc.constantFrom(['signing'], ['authentication', 'signing'])),
        }),
        fc.record({ token, expires: fc.constant('2030-01-01T00:00:00Z'), groups: maybe(fc.constant(['system:bootstrappers:x'])) }),
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((bootstrapTokens) => Object.assign({ bootstrapTokens }, given)),
);

const env = fc.oneof(
  fc.record({ name, value: text }),
  name.map((of) => ({ name: of, valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } })),
);
const volume = fc.record({ name, hostPath: path, mountPath: path, readOnly: maybe(flag), pathType: maybe(fc.constantFrom(...pathTypes)) });
const component = { extraArgs: args, extraVolumes: list(volume), extraEnvs: list(env) };
const image = { imageRepository: fc.constant('reg.example/k8s'), imageTag: name };

const etcd = fc.oneof(
  fc.record({
    local: fields({ ...image, dataDir: path, extraArgs: args, extraEnvs: list(env), serverCertSANs: list(name), peerCertSANs: list(name) }),
  }),
  fc.record({
    external: fc.record({
      endpoints: fc.constant(['https://a:2379', 'https://b:2379']),
      httpEndpoints: maybe(fc.constant(['http://a:2381'])),
      caFile: maybe(path),
    }),
  }),
);

const cluster = fields({
  etcd,
  networking: fields({
    serviceSubnet: fc.constantFrom('10.97.0.0/16', '10.97.0.0/16,fd00:1::/112'),
    podSubnet: fc.constantFrom('', '10.244.0.0/16', '10.244.0.0/16,fd00:10::/56'),
    dnsDomain: fc.constantFrom('corp.internal', ''),
  }),
  kubernetesVersion: fc.constantFrom('v1.36.2', '1.35.1', 'ci/v1.36.0', 'v1.36.0-rc.1'),
  controlPlaneEndpoint: fc.constantFrom('', 'lb.example', 'lb.example:6443', '2001:db8::9'),
  apiServer: fields({ ...component, certSANs: fc.constant(['A.example', '*.b.example', '192.0.2.1']) }),
  controllerManager: fields(component),
  scheduler: fields(component),
  dns: fields({ ...image, disabled: flag }),
  proxy: fields({ disabled: flag }),
  certificatesDir: path,
  imageRepository: fc.constantFrom('reg.example/k8s', ''),
  featureGates: fields({ RootlessControlPlane: flag }),
  clusterName: text,
  encryptionAlgorithm: fc.constantFrom(...encryptionAlgorithms),
  certificateValidityPeriod: fc.constantFrom('1h', '8760h'),
  caCertificateValidityPeriod: duration,
});

const discovery = fc.oneof(
  fc.record({
    bootstrapToken: fc.record({
      token,
      apiServerEndpoint: fc.constant('lb.example:6443'),
      caCertHashes: list(text).map((hashes) => ['sha256:00'].concat(hashes)),
      unsafeSkipCAVerification: maybe(flag),
    }),
    tlsBootstrapToken: maybe(token),
  }),
  fc.record({
    file: fc.record({ kubeConfigPath: fc.constantFrom('/discovery.conf', 'https://a.example/b', 'file:///discovery.conf') }),
    tlsBootstrapToken: maybe(token),
  }),
);

const join = fc
  .tuple(
    discovery,
    fields({
      dryRun: flag,
      nodeRegistration: node,
      caCertPath: path.map((folder) => `${folder}.crt`),
      controlPlane: fields({ localAPIEndpoint: endpoint, certificateKey }),
      skipPhases: list(name),
      patches,
      timeouts,
    }),
  )
  .map(([found, rest]) => Object.assign({ discovery: found }, rest));

const reset = fields({
  cleanupTmpDir: flag,
  certificatesDir: path,
  criSocket: fc.constant('unix:///run/x.sock'),
  dryRun: flag,
  force: flag,
  ignorePreflightErrors: ignored,
  skipPhases: list(name),
  unmountFlags: fc.subarray([...unmountFlags]),
  timeouts,
});

const upgradeNode = {
  certificateRenewal: flag,
  dryRun: flag,
  etcdUpgrade: flag,
  ignorePreflightErrors: ignored,
  patches: fc.record({ directory: path }),
  skipPhases: list(name),
  imagePullPolicy: fc.constantFrom(...imagePullPolicies),
  imagePullSerial: flag,
};
const wishes = { kubernetesVersion: text, allowExperimentalUpgrades: flag, allowRCUpgrades: flag, printConfig: flag };

const upgrade = fields({
  apply: fields({ ...upgradeNode, ...wishes, forceUpgrade: flag }),
  diff: fields({ kubernetesVersion: text, contextLines: fc.integer({ min: -3, max: 9 }) }),
  node: fields(upgradeNode),
  plan: fields({ ...wishes, dryRun: flag, etcdUpgrade: flag, ignorePreflightErrors: ignored }),
  timeouts,
});

const file = fc.record({
  InitConfiguration: init,
  ClusterConfiguration: cluster,
  JoinConfiguration: join,
  ResetConfiguration: reset,
  UpgradeConfiguration: upgrade,
});

async function load(source: string): Promise<WholeConfig> {
  const loaded = await loadConfig({ text: source, strict: true, host });
  if (!loaded.ok) throw new Error(`${loaded.problems.map(({ summary }) => summary).join('\n')}\n${source}`);
  return loaded.config;
}

function print({ init: start, join: joining, reset: resetting, upgrade: upgrading }: WholeConfig): string {
  return printYamlDocuments([
    ...(start === undefined ? [] : [initConfigurationDocument(start), clusterConfigurationDocument(start.cluster)]),
    ...(joining === undefined ? [] : [joinConfigurationDocument(joining)]),
    ...(resetting === undefined ? [] : [resetConfigurationDocument(resetting)]),
    ...(upgrading === undefined ? [] : [upgradeConfigurationDocument(upgrading)]),
  ]);
}

test('whatever is given in v1beta4, the complete configuration is printed and read back as the same', async () => {
  await fc.assert(
    fc.asyncProperty(file, async (documents) => {
      const given = Object.entries(documents).map(([kind, members]) =>
        printYaml({ apiVersion: 'kubeadm.k8s.io/v1beta4', kind, ...members }),
      );
      const config = await load(given.join('---\n'));
      const printed = print(config);
      const again = await load(printed);
      expect(again).toEqual(config);
      expect(print(again)).toBe(printed);
    }),
    { numRuns: 300 },
  );
});

test('a token that is made up is not taken for one that was given', async () => {
  const config = await load('apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.36.2\n');
  expect(config.init?.bootstrapTokens[0]?.generated).toBe(true);
});
