/** The program in a folder that somebody else has filled: nothing in it is read unless it is named. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

/** Leaves a trace of having run. */
const trap = `require('node:fs').writeFileSync(require('node:path').join(__dirname, 'trapped'), '');\n`;
const variables = [
  'KUBEPHASE_SETTINGS=/nowhere/settings.yaml',
  'KUBEADM_INIT_DRYRUN_DIR=/nowhere/dry-run',
  'HTTPS_PROXY=http://127.0.0.1:9',
  'NODE_OPTIONS=--require=./trap.cjs',
  'BUN_OPTIONS=--preload=./trap.cjs',
  '',
].join('\n');
const paths = JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { '*': ['./trap.cjs'], 'node:*': ['./trap.cjs'] } } });
const packages = ['commander', 'phaserunner', 'phaserunner/commander', 'yaml', 'kubephase'];

/** What the runtimes, their package managers and ours look for in a working folder. */
const enemy: Readonly<Record<string, string>> = {
  'trap.cjs': trap,
  'bunfig.toml': 'preload = ["./trap.cjs"]\n[run]\npreload = ["./trap.cjs"]\n[test]\npreload = ["./trap.cjs"]\n',
  ...Object.fromEntries(
    ['', '.local', '.development', '.development.local', '.production', '.production.local', '.test'].map((end) => [
      `.env${end}`,
      variables,
    ]),
  ),
  'package.json': JSON.stringify({
    name: 'enemy',
    type: 'commonjs',
    main: './trap.cjs',
    imports: { '#*': './trap.cjs' },
    workspaces: ['*'],
  }),
  'tsconfig.json': paths,
  'jsconfig.json': paths,
  'bun.lock': '{"lockfileVersion": 1, "workspaces": {}, "packages": {}}\n',
  '.npmrc': 'node-options=--require=./trap.cjs\nregistry=http://127.0.0.1:9/\n',
  ...Object.fromEntries(packages.map((name) => [`node_modules/${name}/index.js`, trap])),
  'node.config.json': JSON.stringify({ nodeOptions: { require: ['./trap.cjs'] } }),
  'settings.yaml': 'neither settings nor YAML: [',
  'etc/kubephase/settings.yaml': 'neither settings nor YAML: [',
};

const lines = [
  'version',
  '--help',
  'init --help',
  'init phase --list -o json',
  'config print init-defaults',
  'token generate',
  'completion bash',
  'init phase addon kube-proxy --print-manifest --kubernetes-version v1.36.2 --apiserver-advertise-address 192.0.2.10',
];

describe.each(programs.filter(({ missing }) => missing === undefined))('$name in a folder of somebody else', ({ command }) => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = createSandbox(command);
    for (const [name, content] of Object.entries(enemy)) {
      mkdirSync(dirname(join(sandbox.root, name)), { recursive: true });
      writeFileSync(join(sandbox.root, name), content);
    }
  });
  afterEach(() => sandbox.remove());

  it.each(lines)('runs nothing and obeys nothing of it: %s', (line) => {
    const inside = sandbox.run(line.split(' '), { cwd: sandbox.root });
    expect(existsSync(join(sandbox.root, 'trapped'))).toBe(false);
    expect(inside.exitCode).toBe(0);
    const outside = sandbox.run(line.split(' '), { cwd: '/' });
    const steady = ({ stdout, stderr }: typeof inside): string => `${stdout}${stderr}`.replace(/\d+\.\d+s|[a-z0-9]{6}\.[a-z0-9]{16}/g, '…');
    expect(steady(inside)).toBe(steady(outside));
  });
});
