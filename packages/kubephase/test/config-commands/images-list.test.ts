import { maxTextLength } from '../../src/formats/yaml/text.ts';
import { describe, expect, it } from 'vitest';
import type { ReleaseLabels } from '../../src/clients/releases/port.ts';
import { runConfig } from './run.ts';

const images = [
  'registry.k8s.io/kube-apiserver:v1.36.2',
  'registry.k8s.io/kube-controller-manager:v1.36.2',
  'registry.k8s.io/kube-scheduler:v1.36.2',
  'registry.k8s.io/kube-proxy:v1.36.2',
  'registry.k8s.io/coredns/coredns:v1.14.2',
  'registry.k8s.io/pause:3.10.2',
  'registry.k8s.io/etcd:3.6.8-0',
];

const version = ['--kubernetes-version', 'v1.36.2'];

async function listed(words: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<string> {
  const { code, stdout, stderr } = await runConfig(['images', 'list', ...words], { files });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

const clusterFile = (fields: string): Readonly<Record<string, string>> => ({
  '/c.yaml': `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n${fields}\n`,
});

describe('config images list', () => {
  it('prints one image a line', async () => {
    expect(await listed(version)).toBe(`${images.join('\n')}\n`);
  });

  it('prints JSON as kubeadm does', async () => {
    expect(await listed([...version, '-o', 'json'])).toBe(`{
    "kind": "Images",
    "apiVersion": "output.kubeadm.k8s.io/v1alpha3",
    "images": [
${images.map((image) => `        "${image}"`).join(',\n')}
    ]
}
`);
  });

  it('prints YAML as kubeadm does', async () => {
    const list = images.map((image) => `- ${image}\n`).join('');
    expect(await listed([...version, '-o', 'yaml'])).toBe(`apiVersion: output.kubeadm.k8s.io/v1alpha3\nimages:\n${list}kind: Images\n`);
  });

  it('prints KYAML as kubeadm does', async () => {
    const list = images.map((image) => `    "${image}",\n`).join('');
    expect(await listed([...version, '-o', 'kyaml'])).toBe(
      `---\n{\n  kind: "Images",\n  apiVersion: "output.kubeadm.k8s.io/v1alpha3",\n  images: [\n${list}  ],\n}\n`,
    );
  });

  it.each([
    ['jsonpath={.images[0]}', images[0]],
    ['jsonpath={.nothing}', ''],
    ['go-template={{range .images}}{{.}} {{end}}', `${images.join(' ')} `],
    ['go-template-file=/t', 'Images'],
  ])('applies %s', async (format, text) => {
    expect(await listed([...version, '-o', format], { '/t': '{{.kind}}' })).toBe(text);
  });

  it.each([
    [['-o', 'xml'], 2, ['"xml"', 'go-template,go-template-file,json,', 'jsonpath']],
    [['-o', 'go-template-file=/none'], 2, ['/none', 'does not exist']],
    [['-o', 'jsonpath={.nothing}', '--allow-missing-template-keys=false', ...version], undefined, ['nothing']],
    [['--config', '/none.yaml'], 3, ['/none.yaml', 'does not exist']],
    [['--config', '/'], 3, ['It is a directory']],
    [['--config', '-'], 2, ['standard input is not available']],
    [['--kubernetes-version', 'v1.99.0'], 3, ['v1.99.0', '--kubernetes-version']],
    [['extra'], 2, ['"extra"', 'images list']],
  ])('refuses %j', async (words, exitCode, texts) => {
    const { code, stdout, stderr } = await runConfig(['images', 'list', ...words]);
    expect(stdout).toBe('');
    for (const text of texts) expect(stderr).toContain(text);
    expect(stderr).toContain('remedy: ');
    if (exitCode !== undefined) expect(code).toBe(exitCode);
  });

  it('tells of a wrong format before it looks at the configuration', async () => {
    const { stderr } = await runConfig(['images', 'list', '-o', 'xml', '--config', '/none.yaml']);
    expect(stderr).not.toContain('/none.yaml');
  });

  it('sends warnings to standard error alone', async () => {
    const { code, stdout, stderr } = await runConfig(['images', 'list', '-o', 'json']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: the version label "stable-1"/);
    expect((JSON.parse(stdout) as { readonly images: readonly string[] }).images).toHaveLength(7);
  });

  it('looks version labels up', async () => {
    const labels: ReleaseLabels = { lookUp: async () => ({ url: 'https://labels.example', text: 'v1.35.1' }) };
    const { stdout, stderr } = await runConfig(['images', 'list'], { labels });
    expect([stdout.split('\n')[0], stderr]).toEqual(['registry.k8s.io/kube-apiserver:v1.35.1', '']);
  });

  it('lets the file decide and says so', async () => {
    const words = ['images', 'list', '--config', '/c.yaml', '--kubernetes-version', 'v1.30.0', '--image-repository', 'x'];
    const { stdout, stderr } = await runConfig(words, { files: clusterFile('kubernetesVersion: v1.36.2') });
    expect(stdout).toBe(`${images.join('\n')}\n`);
    expect(stderr).toContain('--kubernetes-version, --image-repository have no effect beside --config');
  });

  it('reads the file from standard input', async () => {
    const { stdout, stderr } = await runConfig(['images', 'list', '--config', '-'], {
      stdin: clusterFile('kubernetesVersion: v1.36.2')['/c.yaml'] ?? '',
    });
    expect({ stdout, stderr }).toEqual({ stdout: `${images.join('\n')}\n`, stderr: '' });
  });

  it('does not wait for a person to type the file', async () => {
    const { code, stderr } = await runConfig(['images', 'list', '--config', '-'], { terminal: true });
    expect(code).toBe(2);
    expect(stderr).toContain('standard input is a terminal');
    expect(stderr).toContain('remedy: Send a file');
  });

  it('names standard input in problems', async () => {
    const { code, stderr } = await runConfig(['images', 'list', '--config', '-'], { stdin: 'kind: [\n' });
    expect(code).toBe(3);
    expect(stderr).toContain('<stdin>:');
  });

  it('refuses more input than configurations have', async () => {
    const { code, stderr } = await runConfig(['images', 'list', '--config', '-'], { stdin: 'x'.repeat(maxTextLength + 1) });
    expect(code).toBe(3);
    expect(stderr).toContain('CONFIG_TOO_LARGE');
  });

  it.each([
    ['imageRepository: reg.example/k8s', { 0: 'reg.example/k8s/kube-apiserver:v1.36.2', 4: 'reg.example/k8s/coredns:v1.14.2' }],
    ['imageRepository: reg.example\ndns: {imageRepository: registry.k8s.io}', { 4: 'registry.k8s.io/coredns/coredns:v1.14.2' }],
    ['dns: {imageRepository: reg.dns, imageTag: v1.2.3}', { 4: 'reg.dns/coredns:v1.2.3' }],
    ['etcd: {local: {imageRepository: reg.e, imageTag: 3.5.1}}', { 6: 'reg.e/etcd:3.5.1' }],
    ['kubernetesVersion: ci/v1.36.2', { 3: 'gcr.io/k8s-staging-ci-images/kube-proxy:v1.36.2', 6: 'registry.k8s.io/etcd:3.6.8-0' }],
    ['kubernetesVersion: ci/v1.36.2\nimageRepository: reg.example', { 0: 'reg.example/kube-apiserver:v1.36.2' }],
    ['kubernetesVersion: v1.36.2+abc', { 0: 'registry.k8s.io/kube-apiserver:v1.36.2_abc' }],
    ['proxy: {disabled: true}\ndns: {disabled: true}', { 3: 'registry.k8s.io/pause:3.10.2', 5: undefined }],
    ['etcd: {external: {endpoints: ["http://192.0.2.1:2379"]}}', { 5: 'registry.k8s.io/pause:3.10.2', 6: undefined }],
  ])('follows %j', async (fields, expected) => {
    const text = fields.includes('kubernetesVersion') ? fields : `kubernetesVersion: v1.36.2\n${fields}`;
    const lines = (await listed(['--config', '/c.yaml'], clusterFile(text))).trimEnd().split('\n');
    for (const [index, image] of Object.entries(expected)) expect(lines[Number(index)]).toBe(image);
  });
});

/** From the table of component versions: version, registry, etcd, CoreDNS, pause. */
const releases = `
v1.20.15 k8s.gcr.io       3.4.13-0 coredns:1.7.0           3.2
v1.21.14 k8s.gcr.io       3.4.13-0 coredns/coredns:v1.8.0  3.4.1
v1.22.16 k8s.gcr.io       3.5.0-0  coredns/coredns:v1.8.4  3.5
v1.22.17 registry.k8s.io  3.5.6-0  coredns/coredns:v1.8.4  3.5
v1.23.13 k8s.gcr.io       3.5.1-0  coredns/coredns:v1.8.6  3.6
v1.23.14 k8s.gcr.io       3.5.5-0  coredns/coredns:v1.8.6  3.6
v1.23.15 registry.k8s.io  3.5.6-0  coredns/coredns:v1.8.6  3.6
v1.24.7  k8s.gcr.io       3.5.3-0  coredns/coredns:v1.8.6  3.7
v1.24.8  k8s.gcr.io       3.5.5-0  coredns/coredns:v1.8.6  3.7
v1.24.9  registry.k8s.io  3.5.6-0  coredns/coredns:v1.8.6  3.7
v1.25.3  registry.k8s.io  3.5.4-0  coredns/coredns:v1.9.3  3.8
v1.25.4  registry.k8s.io  3.5.5-0  coredns/coredns:v1.9.3  3.8
v1.25.14 registry.k8s.io  3.5.6-0  coredns/coredns:v1.9.3  3.8
v1.25.16 registry.k8s.io  3.5.9-0  coredns/coredns:v1.9.3  3.8
v1.26.9  registry.k8s.io  3.5.6-0  coredns/coredns:v1.9.3  3.9
v1.26.12 registry.k8s.io  3.5.9-0  coredns/coredns:v1.9.3  3.9
v1.26.15 registry.k8s.io  3.5.10-0 coredns/coredns:v1.9.3  3.9
v1.27.6  registry.k8s.io  3.5.7-0  coredns/coredns:v1.10.1 3.9
v1.27.9  registry.k8s.io  3.5.9-0  coredns/coredns:v1.10.1 3.9
v1.27.11 registry.k8s.io  3.5.10-0 coredns/coredns:v1.10.1 3.9
v1.27.16 registry.k8s.io  3.5.12-0 coredns/coredns:v1.10.1 3.9
v1.28.5  registry.k8s.io  3.5.9-0  coredns/coredns:v1.10.1 3.9
v1.28.7  registry.k8s.io  3.5.10-0 coredns/coredns:v1.10.1 3.9
v1.28.13 registry.k8s.io  3.5.12-0 coredns/coredns:v1.10.1 3.9
v1.28.15 registry.k8s.io  3.5.15-0 coredns/coredns:v1.10.1 3.9
v1.29.2  registry.k8s.io  3.5.10-0 coredns/coredns:v1.11.1 3.9
v1.29.8  registry.k8s.io  3.5.12-0 coredns/coredns:v1.11.1 3.9
v1.29.10 registry.k8s.io  3.5.15-0 coredns/coredns:v1.11.1 3.9
v1.29.15 registry.k8s.io  3.5.16-0 coredns/coredns:v1.11.1 3.9
v1.30.4  registry.k8s.io  3.5.12-0 coredns/coredns:v1.11.1 3.9
v1.30.5  registry.k8s.io  3.5.15-0 coredns/coredns:v1.11.3 3.9
v1.31.0  registry.k8s.io  3.5.15-0 coredns/coredns:v1.11.1 3.10
v1.31.10 registry.k8s.io  3.5.15-0 coredns/coredns:v1.11.3 3.10
v1.31.14 registry.k8s.io  3.5.24-0 coredns/coredns:v1.11.3 3.10
v1.32.9  registry.k8s.io  3.5.16-0 coredns/coredns:v1.11.3 3.10
v1.32.10 registry.k8s.io  3.5.24-0 coredns/coredns:v1.11.3 3.10
v1.33.5  registry.k8s.io  3.5.21-0 coredns/coredns:v1.12.0 3.10
v1.33.6  registry.k8s.io  3.5.24-0 coredns/coredns:v1.12.0 3.10
v1.34.1  registry.k8s.io  3.6.4-0  coredns/coredns:v1.12.1 3.10.1
v1.34.2  registry.k8s.io  3.6.5-0  coredns/coredns:v1.12.1 3.10.1
v1.35.4  registry.k8s.io  3.6.8-0  coredns/coredns:v1.14.2 3.10.2
v1.36.2  registry.k8s.io  3.6.8-0  coredns/coredns:v1.14.2 3.10.2
v1.37.1  registry.k8s.io  3.7.0-0  coredns/coredns:v1.14.6 3.10.2
`
  .trim()
  .split('\n')
  .map((line) => {
    const [target = '', registry = '', etcd = '', coredns = '', pause = ''] = line.split(/ +/);
    return { target, registry, etcd, coredns, pause };
  });

describe('the images of a release', () => {
  it.each(releases)('$target: from $registry etcd $etcd, $coredns, pause $pause', async ({ target, registry, etcd, coredns, pause }) => {
    const dns = `${registry}/${coredns}`;
    const rest = [`${registry}/pause:${pause}`, `${registry}/etcd:${etcd}`];
    const components = ['apiserver', 'controller-manager', 'scheduler', 'proxy'].map((name) => `${registry}/kube-${name}:${target}`);
    const isOld = Number(target.split('.')[1]) <= 28;
    const { stdout } = await runConfig(['images', 'list', '--kubernetes-version', target]);
    expect(stdout.trimEnd().split('\n')).toEqual([...components, ...(isOld ? [...rest, dns] : [dns, ...rest])]);
  });
});
