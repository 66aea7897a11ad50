/** A dry run: by any user, without leaving anything behind, and true to what the real run does. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

const isRoot = process.getuid?.() === 0;
const examples = fileURLToPath(new URL('../../../../examples', import.meta.url));
const nobody = 65534;

interface Event {
  readonly type: string;
  readonly path: string;
  readonly status?: string;
  readonly action?: Readonly<Record<string, unknown>>;
}

function eventsOf(stdout: string): Event[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Event);
}

/** Actions without what the dry run adds: the text of files. Random contents differ in hash and length. */
function comparable(events: readonly Event[]): unknown[] {
  return events
    .filter(({ type, action }) => type === 'action' && action?.['kind'] !== 'wait-for-health')
    .map(({ path, action = {} }) => {
      const isRandom = /\.(crt|pub)$/.test(String(action['path'])) || action['secret'] === true;
      const left = new Set(isRandom ? ['content', 'bytes', 'sha256', 'summary'] : ['content']);
      return [path, Object.entries(action).filter(([field]) => !left.has(field))];
    });
}

describe.each(programs)('a dry run on $name', ({ command, missing }) => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = createSandbox(command);
  });
  afterEach(() => sandbox.remove());

  it('by an ordinary user with an empty home writes nothing outside its temporary folder', (context) => {
    if (missing !== undefined) context.skip(missing);
    if (!isRoot) context.skip('running as another user needs root');
    const folder = readableCopy(sandbox, command);
    const home = join(sandbox.root, 'home');
    const temporary = join(sandbox.root, 'tmp');
    for (const path of [home, temporary]) {
      mkdirSync(path);
      chownSync(path, nobody, nobody);
    }
    chmodSync(sandbox.root, 0o755);
    const started = statSync(temporary).ctimeMs;
    const { exitCode, stdout, stderr } = createSandboxRun(
      folder,
      ['init', '--dry-run', '--config', join(folder.root, 'control-plane.yaml')],
      { home, temporary },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringContaining('error:') as string });
    expect(stdout).toContain('kube-apiserver.yaml');
    expect(readdirSync(home)).toEqual([]);
    // Everything that this user owns and that changed since, anywhere on the file system of the machine.
    const found = execFileSync('find', ['/', '-xdev', '-user', String(nobody), '-newerct', `@${started / 1000}`], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(found.split('\n').filter((path) => !['', home, temporary].includes(path) && !path.startsWith(`${temporary}/`))).toEqual([]);
    expect(readdirSync(temporary)).toHaveLength(1);
  });

  it('records the actions that the real run of the same phases takes', (context) => {
    if (missing !== undefined) context.skip(missing);
    cpSync(join(examples, 'control-plane.yaml'), join(sandbox.root, 'config.yaml'));
    const offline = [
      'init',
      '--only',
      'certs,kubeconfig,etcd,control-plane,kubelet-start',
      '--rootfs',
      sandbox.root,
      '--config',
      '/config.yaml',
      '-o',
      'jsonl',
    ];
    const before = sandbox.snapshot();
    const dryRun = sandbox.run([...offline, '--dry-run'], { environment: { KUBEADM_INIT_DRYRUN_DIR: '/dry' } });
    expect(dryRun.exitCode).toBe(0);
    execFileSync('rm', ['-r', join(sandbox.root, 'dry')]);
    expect(sandbox.snapshot()).toEqual(before);
    const real = sandbox.run(offline);
    expect(real.exitCode).toBe(0);
    expect(comparable(eventsOf(dryRun.stdout))).toEqual(comparable(eventsOf(real.stdout)));
    const written = eventsOf(real.stdout).filter(({ action }) => action?.['kind'] === 'write-file');
    expect(written.length).toBeGreaterThan(30);
    for (const { action } of written) {
      const path = join(sandbox.root, String(action?.['path']));
      expect([path, (statSync(path).mode & 0o777).toString(8).padStart(4, '0')]).toEqual([path, action?.['mode']]);
    }
  });

  it('runs all fourteen phases and shows the objects they would send, without secrets', (context) => {
    if (missing !== undefined) context.skip(missing);
    cpSync(join(examples, 'control-plane.yaml'), join(sandbox.root, 'config.yaml'));
    const args = ['init', '--dry-run', '--rootfs', sandbox.root, '--config', '/config.yaml', '--upload-certs', '-o', 'jsonl'];
    const { exitCode, stdout, stderr } = sandbox.run(args, { environment: { KUBEADM_INIT_DRYRUN_DIR: '/dry' } });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const events = eventsOf(stdout);
    const ended = new Set(
      events.filter(({ type, status }) => type === 'phase-end' && status === 'succeeded').map(({ path }) => path.split('/')[0]),
    );
    expect([...ended]).toEqual([
      'preflight',
      'certs',
      'kubeconfig',
      'etcd',
      'control-plane',
      'kubelet-start',
      'wait-control-plane',
      'upload-config',
      'upload-certs',
      'mark-control-plane',
      'bootstrap-token',
      'kubelet-finalize',
      'addon',
      'show-join-command',
    ]);
    expect(stdout).not.toMatch(/PRIVATE KEY|[a-z0-9]{6}\.[a-z0-9]{16}\b/);
    for (const file of ['ca.key', 'sa.key', 'etcd/ca.key']) {
      const [, , line = ''] = sandbox.read(`dry/${file}`).split('\n');
      expect(stdout).not.toContain(line);
    }
  });
});

interface Copy {
  readonly root: string;
  readonly command: readonly string[];
}

/** The checkout may lie where other users cannot read: they get a copy of the program and the example. */
function readableCopy(sandbox: Sandbox, command: readonly string[]): Copy {
  const root = join(sandbox.root, 'program');
  mkdirSync(root);
  cpSync(join(examples, 'control-plane.yaml'), join(root, 'control-plane.yaml'));
  const [file = '', script] = command;
  if (script === undefined) {
    cpSync(file, join(root, 'kubephase'));
    return { root, command: [join(root, 'kubephase')] };
  }
  const checkout = dirname(examples);
  for (const path of [
    'package.json',
    'packages/kubephase/package.json',
    'packages/kubephase/dist',
    'packages/phaserunner/package.json',
    'packages/phaserunner/dist',
  ]) {
    cpSync(join(checkout, path), join(root, path), { recursive: true });
  }
  for (const name of ['commander', 'yaml', 'valibot', 'semver', 'ip-address', 'fast-json-patch', 'fast-deep-equal']) {
    const path = join(checkout, 'node_modules', name);
    if (existsSync(path)) cpSync(path, join(root, 'node_modules', name), { recursive: true });
  }
  cpSync(join(root, 'packages/phaserunner'), join(root, 'node_modules/phaserunner'), { recursive: true });
  return { root, command: [file, join(root, 'packages/kubephase/dist/bin/kubephase.js')] };
}

function createSandboxRun(copy: Copy, args: readonly string[], { home, temporary }: { readonly home: string; readonly temporary: string }) {
  const other = createSandbox(copy.command);
  try {
    return other.run(args, { uid: nobody, cwd: '/', environment: { HOME: home, TMPDIR: temporary } });
  } finally {
    other.remove();
  }
}
