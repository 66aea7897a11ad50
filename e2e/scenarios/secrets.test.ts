/** No secret value of a cluster is in anything that kubephase prints, logs or passes to programs, but where somebody asked for it. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { found, privateKeys, secretsOf, shortSecret, type Secret } from '../assertions/secrets.ts';
import { watchArguments, type ArgumentWatch } from '../machine/arguments.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node, type RunResult } from '../machine/node.ts';
import { configuration, type Changes } from './configuration.ts';
import { initWords } from './init-run.ts';

const tokenSecret = randomBytes(8).toString('hex');
const token = `secret.${tokenSecret}`;
const certificateKey = randomBytes(32).toString('hex');

/** What the user typed, and nearly right forms of it, which messages might show. */
const typed: readonly Secret[] = [
  shortSecret('the token of the configuration', tokenSecret),
  shortSecret('the token in wrong letters', tokenSecret.toUpperCase()),
  shortSecret('the certificate key', certificateKey.slice(1)),
];

const given = { bootstrapTokens: [{ token }], certificateKey };

/** Broken configurations: what is said of them may not repeat them. */
const brokenConfigurations: Readonly<Record<string, (node: Node) => string>> = {
  'a token of wrong form': (node) => configuration(node, { init: { ...given, bootstrapTokens: [{ token: token.toUpperCase() }] } }),
  'a token of wrong type': (node) => configuration(node, { init: { ...given, bootstrapTokens: [{ token: [token] }] } }),
  'a token in a wrong place': (node) => configuration(node, { init: { ...given, bootstrapTokens: token, [token]: 1 } }),
  'a certificate key of wrong length': (node) => configuration(node, { init: { ...given, certificateKey: certificateKey.slice(1) } }),
  'a file that is not YAML': (node) => configuration(node, { init: given }).replace(`"${token}"`, `"${token}" oops`),
};

/** Broken files of the cluster: path and what is done to the content. */
const brokenFiles: Readonly<Record<string, readonly [path: string, change: (content: string) => string]>> = {
  'a key without its first line': ['/etc/kubernetes/pki/sa.key', (content) => content.slice(content.indexOf('\n') + 1)],
  'a key with a wrong line': ['/etc/kubernetes/pki/etcd/server.key', (content) => content.replace(/\n(.{20}).(.*)\n/, '\n$1!$2\n')],
  'a kubeconfig that is not YAML': [
    '/etc/kubernetes/scheduler.conf',
    (content) => content.replace('client-key-data: ', 'client-key-data: "'),
  ],
};

/** Forms of output that show most. */
const loud = [['-v=10'], ['--output=json', '-v=10'], ['--output=jsonl', '-v=10']];

interface Printed extends RunResult {
  readonly name: string;
}

describe('secrets of a cluster', () => {
  let node: Node;
  let watch: ArgumentWatch;
  let secrets: readonly Secret[] = [];
  /** Runs that were not asked to show secrets. */
  const silent: Printed[] = [];
  const configure = (changes: Changes = {}): void =>
    node.files.write('/tmp/init.yaml', configuration(node, { ...changes, init: { ...given, ...changes.init } }));
  const init = async (...flags: readonly string[]): Promise<RunResult> => node.run(initWords({ flags: ['--upload-certs', ...flags] }));
  const runSilently = async (name: string, ...flags: readonly string[]): Promise<RunResult> => {
    const result = await init(...flags);
    silent.push({ ...result, name: `${name} ${flags.join(' ')}` });
    return result;
  };
  const failLoudly = async (name: string): Promise<void> => {
    for (const flags of loud) expect((await runSilently(name, ...flags)).exitCode, name).not.toBe(0);
  };

  const failAsAdministrator = async (): Promise<void> => {
    const path = '/etc/kubernetes/admin.conf';
    const content = node.files.read(path);
    node.files.write(path, content.replace(/(client-key-data: .{1500}).*/, '$1'));
    configure({ init: { timeouts: { kubernetesAPICall: '2s' } } });
    expect((await runSilently('a key that is cut off', '--output=jsonl', '-v=10')).exitCode).not.toBe(0);
    node.files.write(path, content);
    configure();
  };

  beforeAll(async () => {
    node = await createNode({ name: 'secretive' });
    watch = watchArguments();
    configure();
    const skip = ['--skip-token-print', '--skip-certificate-key-print'];
    for (const flags of loud) await runSilently('a dry run', '--dry-run', ...skip, ...flags);
    configure({
      init: {
        timeouts: { kubeletHealthCheck: '5s' },
        nodeRegistration: { criSocket: 'unix:///run/containerd/containerd.sock', kubeletExtraArgs: [{ name: 'no-such-flag', value: '1' }] },
      },
    });
    await runSilently('a wait in vain', '-v=10');
    configure();
    succeeded(await runSilently('a whole run', ...skip, '-v=10'));
    succeeded(await runSilently('a further run', ...skip, '--output=json', '-v=10'));
    succeeded(await runSilently('a further run', '--output=jsonl', '-v=10'));
    for (const [name, content] of Object.entries(brokenConfigurations)) {
      node.files.write('/tmp/init.yaml', content(node));
      await failLoudly(name);
    }
    configure();
    for (const [name, [path, change]] of Object.entries(brokenFiles)) {
      const content = node.files.read(path);
      node.files.write(path, change(content));
      await failLoudly(name);
      node.files.write(path, content);
    }
    await failAsAdministrator();
    secrets = [...typed, ...(await secretsOf(node))];
  });
  afterAll(() => {
    watch.stop();
    return node?.remove();
  });

  it('are known to this test', () => {
    const names = secrets.map(({ name }) => name);
    for (const file of ['pki/ca.key', 'pki/sa.key', 'pki/etcd/ca.key', 'pki/etcd/peer.key', 'admin.conf', 'scheduler.conf']) {
      expect(names).toContain(`private key in /etc/kubernetes/${file}`);
    }
    expect(names).toContain('bootstrap-token-secret');
    expect(secrets.filter(({ parts }) => parts.length === 0)).toEqual([]);
  });

  const disguises: Readonly<Record<string, (text: string) => string>> = {
    'as it is': (text) => text,
    'in JSON': (text) => JSON.stringify({ level: 'debug', text: `read ${text}` }),
    'in base64': (text) => `data: ${Buffer.from(text).toString('base64')}`,
    'without its line breaks': (text) => text.replaceAll('\n', ''),
    indented: (text) => text.replaceAll('\n', '\n      '),
    'in part': (text) => text.slice(0, 0.7 * text.length),
  };
  it.each(Object.entries(disguises))('would be found in an output: %s', (_, disguise) => {
    for (const path of ['/etc/kubernetes/pki/ca.key', '/etc/kubernetes/pki/etcd/ca.key', '/etc/kubernetes/pki/sa.key']) {
      const pem = node.files.read(path);
      expect(found(secrets, `[certs] something\n${disguise(pem)}\n`)).toEqual([`private key in ${path}`]);
    }
    const [key] = privateKeys('admin.conf', node.files.read('/etc/kubernetes/admin.conf'));
    expect(found(secrets, disguise(key?.parts.join('\n') ?? ''))).toContain('private key in /etc/kubernetes/admin.conf');
  });
  it('would be found as arguments', () => {
    expect(found(secrets, `join --token ${token} --certificate-key ${certificateKey}`)).toEqual([
      'the token of the configuration',
      'the certificate key',
      'bootstrap-token-secret',
    ]);
  });
  it('are not taken for what is public', () => {
    for (const file of ['pki/ca.crt', 'pki/sa.pub', 'pki/apiserver.crt']) {
      const pem = node.files.read(`/etc/kubernetes/${file}`);
      expect(found(secrets, `${pem}${Buffer.from(pem).toString('base64')}`)).toEqual([]);
    }
  });

  it('are in no output, whatever the form, the verbosity and the failure', () => {
    const leaks = silent.flatMap(({ name, stdout, stderr }) => [
      ...found(secrets, stdout).map((secret) => `${name}: ${secret} on standard output`),
      ...found(secrets, stderr).map((secret) => `${name}: ${secret} on standard error`),
    ]);
    expect(leaks).toEqual([]);
    expect(silent.map(({ stdout, stderr }) => stdout + stderr).join('\n').length).toBeGreaterThan(100_000);
  });

  it('are in the fields of the result that were asked for, and nowhere else in the document', async () => {
    const { stdout, stderr } = await init('--output=json', '-v=10');
    const { result, ...rest } = JSON.parse(stdout) as { readonly result: Readonly<Record<string, unknown>> };
    expect(found(secrets, JSON.stringify(result))).toEqual([
      'the token of the configuration',
      'the certificate key',
      'bootstrap-token-secret',
    ]);
    expect(found(secrets, JSON.stringify(rest) + stderr)).toEqual([]);
  });

  it('are in the lines with the join command, and nowhere else in the text', async () => {
    const { stdout, stderr } = await init('-v=10');
    const lines = stdout.split('\n');
    const shown = lines.filter((line) => found(secrets, line).length > 0);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((line) => line !== certificateKey && !/--token |--certificate-key |^Bootstrap token: /.test(line))).toEqual([]);
    expect(found(secrets, stderr)).toEqual([]);
  });

  it('are not among the arguments of any process', () => {
    const seen = [...watch.seen];
    expect(seen.filter((words) => words.startsWith('kubephase init ')).length).toBeGreaterThan(5);
    expect(seen.some((words) => words.startsWith('kubelet '))).toBe(true);
    expect(found(secrets, seen.join('\n'))).toEqual([]);
  });

  it('are in no file outside the folders that are theirs', async () => {
    const files = succeeded(await node.run(['find', '/var/log', '/tmp', '/run', '/root', '-xdev', '-type', 'f', '-size', '-4M']))
      .split('\n')
      // What names a namespace cannot be read.
      .filter((file) => file !== '/tmp/init.yaml' && !file.startsWith('/run/netns/'));
    expect(files.some((file) => file.startsWith('/var/log/pods/'))).toBe(true);
    const leaks = files.flatMap((file) =>
      node.files.exists(file) ? found(secrets, node.files.read(file)).map((name) => `${file}: ${name}`) : [],
    );
    expect(leaks).toEqual([]);
  });
});
