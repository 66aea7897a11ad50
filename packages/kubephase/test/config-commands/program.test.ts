import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/main.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function run(argv: readonly string[], { stdin = '', startedAs = '/usr/bin/kubephase' } = {}) {
  const out = { stdout: '', stderr: '' };
  const code = await main({
    argv,
    startedAs,
    io: {
      stdin: { readText: async () => stdin },
      stdout: { write: (text) => void (out.stdout += text) },
      stderr: { write: (text) => void (out.stderr += text) },
      environment: { KUBEPHASE_SETTINGS: '' },
    },
    signals: { on: () => undefined, off: () => undefined, exit: () => undefined },
  });
  return { code, ...out };
}

const cluster = (fields = '') => `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.36.2\n${fields}`;

describe('the program', () => {
  it('offers the commands of config', async () => {
    const { code, stdout } = await run(['config', '--help']);
    expect(code).toBe(0);
    for (const word of ['images', 'migrate', 'print', 'show', 'validate']) expect(stdout).toMatch(new RegExp(`^  ${word} `, 'm'));
  });

  it('checks a file of this machine, and one below another root', async () => {
    writeFileSync(join(folder, 'c.yaml'), cluster());
    expect(await run(['config', 'validate', '--config', join(folder, 'c.yaml')])).toEqual({ code: 0, stdout: 'ok\n', stderr: '' });
    expect(await run(['config', 'validate', '--rootfs', folder, '--config', 'c.yaml'])).toEqual({ code: 0, stdout: 'ok\n', stderr: '' });
  });

  it('writes a converted file on the disk', async () => {
    const target = join(folder, 'new.yaml');
    const old = cluster().replace('v1beta4', 'v1beta3');
    expect(await run(['config', 'migrate', '--old-config', '-', '--new-config', target], { stdin: old })).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    expect(readFileSync(target, 'utf8')).toBe(cluster());
    expect(statSync(target).mode & 0o600).toBe(0o600);
  });

  it('exits with 3 for a wrong file, and with 1 when it is called kubeadm', async () => {
    const words = ['config', 'validate', '--config', '-'];
    expect((await run(words, { stdin: cluster('x: y\n') })).code).toBe(3);
    expect((await run(words, { stdin: cluster('x: y\n'), startedAs: '/usr/bin/kubeadm' })).code).toBe(1);
  });

  it('has init refuse with --strict what it otherwise warns of', async () => {
    const path = join(folder, 'c.yaml');
    writeFileSync(path, cluster('clusterNam: a\nclusterName: b\nclusterName: c\n'));
    const { code, stdout, stderr } = await run(['init', '--strict', '--rootfs', folder, '--config', '/c.yaml']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('/c.yaml:4:1 (clusterNam)');
    expect(stderr).toContain('CONFIG_DUPLICATE_KEY');
  });

  it('has init take an unknown version only with --allow-unknown-version', async () => {
    const flags = '--kubernetes-version v1.99.0 --apiserver-advertise-address 192.0.2.10 --dry-run --until preflight -o json';
    const words = ['init', '--rootfs', folder, ...flags.split(' ')];
    const refused = await run(words);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('VERSION_UNSUPPORTED');
    const allowed = await run([...words, '--allow-unknown-version']);
    expect(allowed.code).toBe(0);
    expect(JSON.parse(allowed.stdout)).toMatchObject({ status: 'succeeded' });
  });
});
