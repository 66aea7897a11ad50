/** Nothing that a terminal or a reader's eye acts upon leaves the program, wherever it comes in; and no secret that was typed in a wrong place. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runCommandLine, type Surroundings } from './fixtures/command-line.ts';

// Written by hand once more: the program's own list would agree with itself.
// oxlint-disable-next-line no-control-regex
const acting = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

const samples = [
  '\u001B]0;title\u0007',
  '\u001B[31mred',
  '\u009B2J',
  '\u202Etxt.exe',
  '\u2066a\u2069',
  '\u200F\u200E\u061C',
  '\u2028line',
  'x\u007F\b',
  'over\rwritten',
];
const hostile = fc.tuple(fc.constantFrom('', 'a', 'a-b'), fc.constantFrom(...samples)).map((parts) => parts.join(''));

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A configuration with `text` in each of its fields, as a value and as a name, or only in those that pass. */
function configuration(text: string, kind: 'everywhere' | 'accepted'): string {
  const base = {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'InitConfiguration',
    localAPIEndpoint: { advertiseAddress: '192.0.2.10' },
    nodeRegistration: { name: 'cp1', criSocket: 'unix:///run/x.sock' },
  };
  const cluster = {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    kubernetesVersion: 'v1.36.2',
    encryptionAlgorithm: 'ECDSA-P256',
    clusterName: `c${text}`,
    apiServer: { extraArgs: [{ name: 'x', value: text }] },
  };
  const wrong = [
    {
      ...base,
      [text]: text,
      skipPhases: [text],
      nodeRegistration: { ...base.nodeRegistration, name: text, criSocket: `unix:///${text}`, [text]: 1 },
    },
    { ...base, bootstrapTokens: [{ token: text, description: text, groups: [text], usages: [text] }], certificateKey: text },
    { ...cluster, featureGates: { [text]: true }, imageRepository: text, certificatesDir: text, controlPlaneEndpoint: text },
    {
      ...cluster,
      networking: { podSubnet: text, serviceSubnet: text, dnsDomain: text },
      etcd: { external: { endpoints: [text], caFile: text } },
    },
    { apiVersion: `g/${text}`, kind: text },
  ];
  const documents = kind === 'accepted' ? [base, cluster] : wrong;
  return documents.map((document) => JSON.stringify(document)).join('\n---\n');
}

async function expectHarmless(words: readonly string[], surroundings: Surroundings = {}): Promise<string> {
  const { stdout, stderr } = await runCommandLine(words, surroundings);
  expect(acting.exec(stdout + stderr)?.[0], `${words.join(' ')}: ${JSON.stringify(stdout + stderr).slice(0, 300)}`).toBeUndefined();
  return stdout;
}

const fileCommands = [
  ...['text', 'json'].map((format) => `config validate -o ${format} --config`),
  'config show --config',
  'config show --origin --config',
  'config migrate --old-config',
  ...['text', 'json', 'yaml', 'kyaml', 'jsonpath={@}'].map((format) => `config images list -o ${format} --config`),
  'preflight run --config',
  ...['plain', 'tree', 'json', 'yaml', 'jsonl'].map((format) => `init --dry-run -v 5 -o ${format} --config`),
];

describe('hostile text', () => {
  it.each(fileCommands)('in a configuration is harmless after "%s"', async (command) => {
    await fc.assert(
      fc.asyncProperty(hostile, fc.constantFrom('everywhere', 'accepted'), async (text, kind) => {
        const files = { '/c.yaml': configuration(text, kind) };
        await expectHarmless([...command.split(' '), '/c.yaml'], { machine: { files } });
      }),
      { numRuns: command.startsWith('init') ? 4 : 12 },
    );
  });

  it('is the same text for programs', async () => {
    for (const text of samples) {
      const files = { '/c.yaml': configuration(text, 'accepted') };
      const stdout = await expectHarmless(['config', 'show', '--config', '/c.yaml'], { machine: { files } });
      const documents = parseAllDocuments(stdout).map((document) => document.toJS() as { readonly clusterName?: string });
      expect(documents.map(({ clusterName }) => clusterName)).toContain(`c${text}`);
    }
  });

  const lines = [
    '%',
    'init %',
    'init --%',
    'init -%',
    'init phase %',
    'init phase certs %',
    'init phase certs --%',
    'init --only %',
    'init --skip-phases %',
    'init --from certs/%',
    'init --token-ttl %',
    'init --feature-gates %=true',
    'init --config /%',
    'init -o %',
    'init --dry-run --node-name %',
    'init --dry-run --kubernetes-version %',
    'init --dry-run --cri-socket unix:///%',
    'init --dry-run --apiserver-advertise-address %',
    'init --dry-run --ignore-preflight-errors %',
    'init --dry-run --kubernetes-version v1.36.2 --patches /%',
    'init --extra-phases /%',
    'config %',
    'config print init-defaults --component-configs %',
    'config images list --kubernetes-version %',
    'config images list -o %',
    'config images list --kubernetes-version v1.36.2 -o go-template=%{{.%}}',
    'config images list --kubernetes-version v1.36.2 -o jsonpath={%',
    'preflight explain %',
    'completion %',
    '__complete %',
    '__complete init --only %',
    'help %',
  ];
  it.each(lines)('on the command line is harmless: %s', async (line) => {
    for (const text of samples) await expectHarmless(line.split(' ').map((word) => word.replaceAll('%', text)));
  });

  it('in the settings is harmless', async () => {
    const settings = join(folder, 'settings.yaml');
    for (const text of samples) {
      await expectHarmless(['init', '--help'], { environment: { KUBEPHASE_SETTINGS: `/none/${text}` } });
      writeFileSync(
        settings,
        JSON.stringify({ apiVersion: text, kind: text, [text]: 1, extraPhases: { [text]: 1, init: [`/none/${text}`] } }),
      );
      await expectHarmless(['init', '--help'], { environment: { KUBEPHASE_SETTINGS: settings } });
    }
  });

  it('of a module with extra phases is harmless in help, lists, pictures and runs', async () => {
    const text = samples.join('');
    const module = join(folder, 'hostile.mjs');
    writeFileSync(
      module,
      `const text = ${JSON.stringify(text)};
      const flags = [{ name: 'zz', type: 'string', description: text, default: text }];
      const run = (context, task) => {
        for (const say of ['message', 'warn', 'debug']) task[say](text);
        task.progress({ label: text, done: 1, total: 2 });
        task.action({ kind: text, summary: text, [text]: text });
        throw new Error(text, { cause: new Error(text) });
      };
      const phase = { name: 'hook', summary: text, description: text, example: text, args: [{ name: 'pot', description: text }], flags, run };
      export const extraPhases = [{ before: 'preflight', phase }];`,
    );
    const files = { '/c.yaml': configuration('', 'accepted') };
    const formats = ['plain', 'tree', 'json', 'yaml', 'jsonl'].map((format) => `init phase hook -v 5 --config /c.yaml -o ${format}`);
    const graphs = ['dot', 'mermaid', 'svg'].map((format) => `init phase --graph ${format}`);
    for (const line of ['init --help', 'init phase --list', 'init phase --list -o json', 'init phase hook --help', ...graphs, ...formats])
      await expectHarmless([...line.split(' '), '--extra-phases', module], { machine: { files } });
  });
});

const token = 'abcdef.0123456789abcdef';
const certificateKey = '0a1b'.repeat(16);
const words = [token, certificateKey, '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----'];

describe('a secret in a wrong place', () => {
  const lines = [
    '%',
    'init %',
    'init --%',
    'init --%=x',
    'init --tokn=%',
    'init --token %x --dry-run',
    'init --token-ttl %',
    'init --certificate-key %x --dry-run',
    'init --skip-phases %',
    'init --node-name %',
    'init --kubernetes-version %',
    'init -v %',
    'init -o %',
    'init phase %',
    'init phase certs %',
    'init -- %',
    'preflight explain %',
    'completion %',
    'config images list --kubernetes-version %',
  ];
  it.each(lines)('is not quoted: %s', async (line) => {
    for (const secret of words) {
      const { stdout, stderr } = await runCommandLine(line.split(' ').map((word) => word.replaceAll('%', secret)));
      expect(stderr).not.toBe('');
      for (const part of secret.split('\n').slice(0, 2)) expect(stdout + stderr).not.toContain(part.replaceAll('-', '').trim());
    }
  });

  const head = 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\n';
  const texts = [
    'bootstrapTokens: [{token: *hunter2}]',
    'bootstrapTokens: [{token: !hunter2 x}]',
    'bootstrapTokens: [{token: "hunter2}]',
    'bootstrapTokens: [{token: |hunter2}]',
    'bootstrapTokens: [{token: "\\hunter2"}]',
    'bootstrapTokens: [{token: hunter2}]',
    'bootstrapTokens: {token: hunter2}',
    'bootstrapTokens: [[{token: hunter2}]]',
    'certificateKey: hunter2',
    'certificateKey: [hunter2]',
    'certificateKey: |hunter2',
    'certificateKey: {a: hunter2}',
    '---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\ndiscovery: {tlsBootstrapToken: hunter2, bootstrapToken: {token: hunter2}}',
    '---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: JoinConfiguration\ndiscovery: {tlsBootstrapToken: [hunter2], bootstrapToken: [{token: hunter2}]}',
    '---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\napiServer: {extraEnvs: [{name: A, value: [hunter2]}, {name: B, value: {x: hunter2}}]}',
    '---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\napiServer: {extraEnvs: [{name: "", value: hunter2}], extraEnvs: {value: hunter2}}',
  ];
  it.each(texts)('in a file is not quoted: %s', async (text) => {
    const files = { '/c.yaml': `${head}${text}\n` };
    for (const line of [
      'config validate --config',
      'config validate -o json --config',
      'config show --config',
      'init --dry-run -v 5 -o plain --config',
    ]) {
      const { code, stdout, stderr } = await runCommandLine([...line.split(' '), '/c.yaml'], { machine: { files } });
      expect(code).not.toBe(0);
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });
});
