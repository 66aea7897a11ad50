import { expect, test } from 'vitest';
import { migrateConfig } from './migrate.ts';

async function migrated(text: string): Promise<string> {
  const result = await migrateConfig({ text });
  if (!result.ok) throw new Error(result.problems.map(({ summary }) => summary).join('\n'));
  return result.text;
}

const old = {
  apiVersion: 'kubeadm.k8s.io/v1beta3',
  kind: 'ClusterConfiguration',
  kubernetesVersion: 'v1.30.0',
  apiServer: { extraArgs: { v: '4', 'audit-log-path': '/a "b"\n' }, certSANs: [] },
  controllerManager: { extraArgs: { x: null } },
  dns: {},
};
const current = {
  ...old,
  apiVersion: 'kubeadm.k8s.io/v1beta4',
  apiServer: {
    extraArgs: [
      { name: 'audit-log-path', value: '/a "b"\n' },
      { name: 'v', value: '4' },
    ],
    certSANs: [],
  },
  controllerManager: { extraArgs: [{ name: 'x', value: '' }] },
};

test.each([
  ['one line', undefined],
  ['two blanks', 2],
  ['four blanks', 4],
  ['tabs', '\t'],
])('JSON with %s stays such JSON', async (_layout, indent) => {
  expect(await migrated(`${JSON.stringify(old, undefined, indent)}\n`)).toBe(`${JSON.stringify(current, undefined, indent)}\n`);
});

test('blanks behind colons and commas stay, and numbers keep their spelling', async () => {
  const text =
    '{"apiVersion": "kubeadm.k8s.io/v1beta3", "kind": "InitConfiguration", "localAPIEndpoint": {"bindPort": 6443.0}, "nodeRegistration": {"kubeletExtraArgs": {"v": "5"}}}\n';
  expect(await migrated(text)).toBe(
    '{"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "InitConfiguration", "localAPIEndpoint": {"bindPort": 6443.0}, "nodeRegistration": {"kubeletExtraArgs": [{"name": "v", "value": "5"}]}}\n',
  );
});

test('a document that is added to JSON is JSON', async () => {
  const text = JSON.stringify({ ...old, apiServer: { timeoutForControlPlane: '7m' } });
  const [cluster = '', init = ''] = (await migrated(text)).split('---\n');
  expect(JSON.parse(cluster)).toMatchObject({ kind: 'ClusterConfiguration', apiServer: {} });
  expect(JSON.parse(init)).toEqual({
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'InitConfiguration',
    timeouts: { controlPlaneComponentHealthCheck: '7m' },
  });
});

test('a mapping of YAML in braces stays YAML', async () => {
  expect(await migrated("{apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, scheduler: {extraArgs: {v: '1'}}}\n")).toContain(
    "extraArgs: [{name: v, value: '1'}]",
  );
});
