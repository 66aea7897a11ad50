/** The smoke list: the same commands on Node and on the executable, which have to answer alike. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { openssl, opensslMissing } from '../fixtures/openssl.ts';
import { programs, type Program } from '../programs.ts';
import { cleanEnvironment, createSandbox, type Outcome, type Sandbox } from '../system/sandbox.ts';

const built = programs.filter(({ missing }) => missing === undefined);
const [node] = built;

function inSandbox<T>({ command }: Program, use: (sandbox: Sandbox) => T): T {
  const sandbox = createSandbox(command);
  try {
    return use(sandbox);
  } finally {
    sandbox.remove();
  }
}

const answer = (program: Program, line: string) => inSandbox(program, (sandbox) => sandbox.run(line.split(' ')));

/** Durations differ from run to run. */
const timeless = (outcome: Outcome): Outcome => ({
  ...outcome,
  stdout: outcome.stdout.replace(/\b\d+\.\d+s\b/g, '0.0s'),
  stderr: outcome.stderr.replace(/\b\d+\.\d+s\b/g, '0.0s'),
});

/** Commands whose output is the same every time, with their exit codes. */
const steady: readonly [line: string, exitCode: number][] = [
  ['version', 0],
  ['version -o short', 0],
  ['version -o json', 0],
  ['version -o yaml', 0],
  ['--help', 0],
  ['init --help', 0],
  ['init phase certs --help', 0],
  ['help init phase kubeconfig admin', 0],
  ['init phase --list', 0],
  ['init phase --list -o json', 0],
  ['init phase --graph mermaid', 0],
  ['init phase --graph dot', 0],
  ['init phase --graph svg', 0],
  ['completion bash', 0],
  ['completion zsh', 0],
  ['completion fish', 0],
  ['init phase addon kube-proxy --print-manifest --kubernetes-version v1.36.2 --apiserver-advertise-address 192.0.2.10', 0],
  ['init phase', 2],
  ['innit', 2],
  ['init --no-such-flag', 2],
  ['init --skip-phases certz,addons/proxy', 2],
  ['init phase certs ca --config /nowhere/cluster.yaml', 3],
  ['init --dry-run --kubernetes-version v1.19.0', 3],
];

/** The outcome without what names the runtime. */
function comparable(outcome: Outcome): Outcome {
  const { stdout, ...rest } = timeless(outcome);
  return { ...rest, stdout: stdout.replace(/^(\s*"?compiler"?: "?)(node|bun)/m, '$1runtime') };
}

describe.each(built)('$name', (program) => {
  it.each(steady)('answers "%s" with %i, as Node does', (line, exitCode) => {
    const outcome = answer(program, line);
    expect(outcome.exitCode).toBe(exitCode);
    expect(`${outcome.stdout}${outcome.stderr}`).not.toBe('');
    expect(comparable(outcome)).toEqual(comparable(answer(node ?? program, line)));
  });

  it('keeps standard output free for printed manifests', () => {
    const { stdout, stderr } = answer(program, 'init phase addon coredns --print-manifest --kubernetes-version v1.36.2');
    const kinds = parseAllDocuments(stdout).map((document) => (document.toJS() as { readonly kind: string }).kind);
    expect(kinds).toContain('Deployment');
    expect(stderr).toContain('[init] succeeded');
  });

  it('reads the configuration from standard input', () => {
    const input =
      'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.36.2\nencryptionAlgorithm: ECDSA-P256\n';
    const made = inSandbox(program, (sandbox) => {
      const { exitCode } = sandbox.run(['init', 'phase', 'certs', 'ca', '--rootfs', sandbox.root, '--config', '-'], { input });
      return { exitCode, ca: sandbox.read('/etc/kubernetes/pki/ca.key').split('\n')[0] };
    });
    expect(made).toEqual({ exitCode: 0, ca: '-----BEGIN EC PRIVATE KEY-----' });
  });

  it('makes tokens and certificate keys of the right form', () => {
    expect(answer(program, 'token generate').stdout).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}\n$/);
    expect(answer(program, 'certs certificate-key').stdout).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('calls itself kubeadm when it is started under that name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
    try {
      const [file = '', script] = program.command;
      const link = join(folder, 'kubeadm');
      symlinkSync(script ?? file, link);
      const started = script === undefined ? [link] : [file, link];
      const { status, stdout } = spawnSync(started[0] ?? '', [...started.slice(1), 'init', '--help'], {
        encoding: 'utf8',
        env: cleanEnvironment(),
      });
      expect(status).toBe(0);
      expect(stdout).toContain('  kubeadm init [flags]');
      expect(stdout).not.toContain('kubephase');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.skipIf(opensslMissing !== undefined).each(['RSA-2048', 'ECDSA-P256'])('makes certificates that openssl accepts: %s', (algorithm) =>
    inSandbox(program, (sandbox) => {
      sandbox.write('/cluster.yaml', cluster(algorithm));
      const words = ['init', 'phase', 'certs', '--rootfs', sandbox.root, '--config', '/cluster.yaml'];
      expect(sandbox.run(words)).toMatchObject({ exitCode: 0, stderr: '' });
      const verify = (authority: string, ...leaves: readonly string[]) =>
        openssl([
          'verify',
          '-CAfile',
          `${sandbox.root}${pki}/${authority}.crt`,
          ...leaves.map((leaf) => `${sandbox.root}${pki}/${leaf}.crt`),
        ]);
      for (const [authority, ...leaves] of chains) expect(verify(authority, ...leaves)).toMatchObject({ ok: true });
    }),
  );
});

const pki = '/etc/kubernetes/pki';

const chains: readonly (readonly [authority: string, ...leaves: string[]])[] = [
  ['ca', 'apiserver', 'apiserver-kubelet-client'],
  ['front-proxy-ca', 'front-proxy-client'],
  ['etcd/ca', 'etcd/server', 'etcd/peer', 'etcd/healthcheck-client', 'apiserver-etcd-client'],
];

function cluster(algorithm: string): string {
  return `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.0.2.10}
nodeRegistration: {name: cp1}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
encryptionAlgorithm: ${algorithm}
`;
}
