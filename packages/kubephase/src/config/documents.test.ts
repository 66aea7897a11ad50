import { expect, test } from 'vitest';
import { clusterText, initText, loadText, succeeded, verdict } from './load.cases.ts';

const document = (apiVersion: string, kind: string) => `apiVersion: ${apiVersion}\nkind: ${kind}\n`;
const cluster = clusterText('');

test.each([
  ['not YAML', 'a: [1\n', 'CONFIG_SYNTAX', 1],
  ['a tab as indentation', `${cluster}networking:\n\tpodSubnet: x\n`, 'CONFIG_SYNTAX', 6],
  ['a list', '- a\n', 'CONFIG_SYNTAX', 1],
  ['a scalar', 'hello\n', 'CONFIG_SYNTAX', 1],
  ['text behind a separator', `${cluster}---foo\n`, 'CONFIG_SYNTAX', 5],
  ['no kind', `${cluster}---\napiVersion: kubeadm.k8s.io/v1beta4\n`, 'CONFIG_MISSING_KIND', 6],
  ['no apiVersion', 'kind: ClusterConfiguration\n', 'CONFIG_MISSING_KIND', 1],
  ['an apiVersion without group', document('v1', 'ClusterConfiguration'), 'CONFIG_MISSING_KIND', 1],
  ['an apiVersion without version', document('kubeadm.k8s.io', 'ClusterConfiguration'), 'CONFIG_MISSING_KIND', 1],
  ['an apiVersion with two slashes', document('a/b/c', 'ClusterConfiguration'), 'CONFIG_MISSING_KIND', 1],
  ['a kind that is a number', document('kubeadm.k8s.io/v1beta4', '1'), 'CONFIG_MISSING_KIND', 1],
  ['a removed version', document('kubeadm.k8s.io/v1beta2', 'ClusterConfiguration'), 'CONFIG_API_VERSION_REMOVED', 1],
  [
    'a removed version and kind',
    `${cluster}---\n${document('kubeadm.k8s.io/v1alpha2', 'MasterConfiguration')}`,
    'CONFIG_API_VERSION_REMOVED',
    6,
  ],
  ['an unknown version', document('kubeadm.k8s.io/v1', 'ClusterConfiguration'), 'CONFIG_UNKNOWN_KIND', 1],
  ['a wanted kind of a foreign group', document('example.com/v1beta4', 'ClusterConfiguration'), 'CONFIG_UNKNOWN_KIND', 1],
  ['the same kind twice', `${cluster}---\n${document('kubeadm.k8s.io/v1beta3', 'ClusterConfiguration')}`, 'CONFIG_KIND_TWICE', 6],
  [
    'another version of the kubelet',
    `${cluster}---\n${document('kubelet.config.k8s.io/v1', 'KubeletConfiguration')}`,
    'CONFIG_COMPONENT_VERSION',
    6,
  ],
  ['another kind of the kubelet', `${cluster}---\n${document('kubelet.config.k8s.io/v1beta1', 'Other')}`, 'CONFIG_UNKNOWN_KIND', 6],
])('%s is an error with its place', async (...[, text, code, line]) => {
  const loaded = await loadText(text);
  expect(loaded).toMatchObject({ ok: false });
  expect(loaded.ok ? [] : loaded.problems).toContainEqual(
    expect.objectContaining({
      code,
      remedy: expect.any(String),
      where: expect.objectContaining({ file: '/config.yaml', line }),
    }),
  );
});

test.each(['', '# only a comment\n', document('kubeadm.k8s.io/v1beta4', 'JoinConfiguration')])(
  'a file without the wanted kinds names them: %j',
  async (text) => {
    const loaded = await loadText(text);
    expect(verdict(loaded)).toEqual(['CONFIG_KIND_ABSENT']);
    expect(JSON.stringify(loaded)).toContain('InitConfiguration or ClusterConfiguration');
  },
);

test.each([
  ['another kind of the tool', document('kubeadm.k8s.io/v1beta4', 'JoinConfiguration'), 'CONFIG_DOCUMENT_IGNORED', 'ok'],
  ['a foreign document', document('example.com/v1', 'Thing'), 'CONFIG_UNKNOWN_KIND', 'CONFIG_UNKNOWN_KIND'],
])('%s is ignored with a warning; in strict mode an unknown one is an error', async (...[, extra, warning, strict]) => {
  const text = `${cluster}---\n${extra}`;
  expect(succeeded(await loadText(text)).warnings).toMatchObject([{ code: warning, where: { line: 6 } }]);
  expect(verdict(await loadText(text, { strict: true }))).toEqual([strict]);
});

test.each(['initConfiguration', 'InitConfigration', 'InitConfig'])(
  'the kind %s of the tool is an error that names the one that was meant: its settings would be left out',
  async (kind) => {
    for (const text of [`${cluster}---\n`, ''].map((before) => before + document('kubeadm.k8s.io/v1beta4', kind))) {
      expect(await loadText(text)).toMatchObject({
        ok: false,
        problems: [
          { code: 'CONFIG_UNKNOWN_KIND', remedy: 'Did you mean "InitConfiguration"?', where: { line: text.startsWith(cluster) ? 6 : 1 } },
        ],
      });
    }
  },
);

test('a kind of the tool that resembles none is an error that lists the kinds', async () => {
  const loaded = await loadText(`${cluster}---\n${document('kubeadm.k8s.io/v1beta4', 'Settings')}`);
  expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'CONFIG_UNKNOWN_KIND' }] });
  expect(JSON.stringify(loaded)).toContain('the kinds are InitConfiguration');
});

test.each([
  ['clustername: x', 'clustername', 'clusterName'],
  ['networking: {podSubnets: x}', 'networking.podSubnets', 'podSubnet'],
  ['apiServer: {extraVolumes: [{hostpath: /x}]}', 'apiServer.extraVolumes[0].hostpath', 'hostPath'],
  ['apiServer: {timeoutForControlPlane: 1m}', 'apiServer.timeoutForControlPlane', undefined],
  ['constructor: {}', 'constructor', undefined],
])('an unknown field warns with its path, in strict mode it is an error: %s', async (fields, path, meant) => {
  const { warnings } = succeeded(await loadText(clusterText(fields)));
  expect(warnings).toMatchObject([{ code: 'CONFIG_UNKNOWN_FIELD', where: { file: '/config.yaml', line: 4 } }]);
  expect(warnings[0]?.summary).toContain(`unknown field "${path}"`);
  if (meant !== undefined) expect(warnings[0]?.remedy).toContain(`"${meant}"`);
  expect(await loadText(clusterText(fields), { strict: true })).toMatchObject({ ok: false, problems: [{ code: 'CONFIG_UNKNOWN_FIELD' }] });
});

test('a repeated key warns with its line and the last value counts; in strict mode it is an error', async () => {
  const text = clusterText('clusterName: a\nclusterName: b');
  const { config, warnings } = succeeded(await loadText(text));
  expect(config.cluster.clusterName).toBe('b');
  expect(warnings).toMatchObject([{ code: 'CONFIG_DUPLICATE_KEY', where: { line: 5, column: 1, field: 'clusterName' } }]);
  expect(await loadText(text, { strict: true })).toMatchObject({ ok: false, problems: [{ code: 'CONFIG_DUPLICATE_KEY' }] });
});

test.each([
  ['clusterName: 123', 'clusterName', 'a number'],
  ['clusterName: on', 'clusterName', 'true or false'],
  ['kubernetesVersion: 1.36', 'kubernetesVersion', 'a number'],
  ['networking: []', 'networking', 'a list'],
  ['apiServer: {certSANs: x}', 'apiServer.certSANs', 'text'],
  ['apiServer: {certSANs: [{}]}', 'apiServer.certSANs.0', 'a mapping'],
])('a wrong type says what was found: %s', async (fields, field, found) => {
  const loaded = await loadText(clusterText(fields));
  expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'CONFIG_WRONG_TYPE', where: { field }, remedy: expect.any(String) }] });
  expect(JSON.stringify(loaded)).toContain(`found ${found}`);
});

test('null is as good as absent, also in lists', async () => {
  const { config } = succeeded(await loadText(initText('bootstrapTokens: [null]\nnodeRegistration: null\nskipPhases: null')));
  expect(config).toMatchObject({ nodeRegistration: { name: 'cp1' }, skipPhases: [] });
  expect(config.bootstrapTokens).toHaveLength(1);
});

test('JSON is read as well', async () => {
  const text = JSON.stringify({
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    kubernetesVersion: 'v1.36.2',
    clusterName: 'json',
  });
  expect(succeeded(await loadText(text)).config.cluster.clusterName).toBe('json');
});

test.each([
  ['https://example.com/c.yaml', 'curl'],
  ['/srv/https:/example.com/c.yaml', 'curl'],
  ['file:///c.yaml', 'without file://'],
  ['/srv/c.yaml', 'Give the path of a regular file that exists'],
])('the path %s that does not exist says %s', async (configPath, words) => {
  const loaded = await loadText('', { configPath });
  expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'CONFIG_UNREADABLE' }] });
  expect(JSON.stringify(loaded)).toContain(words);
});
