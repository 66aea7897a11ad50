/**
 * Times whole processes: kubephase on Node, the executable, an empty executable and, when given, any other kubeadm.
 *
 *   node bench/run.mjs [--kubeadm PATH] [--runs N] [--only NAME,NAME]
 *
 * The programs take turns in every round, so that a drifting machine hits all of them alike. Printed are the median wall
 * time, its minimum and maximum, the peak memory (GNU time, when installed) and the ratio of medians to the first column.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { kubeadm: { type: 'string' }, runs: { type: 'string', default: '11' }, only: { type: 'string' } },
});
const runs = Number(values.runs);
const gnuTime = existsSync('/usr/bin/time') ? '/usr/bin/time' : undefined;

const programs = [
  ['executable', [join(root, 'dist/kubephase')]],
  ['node', [process.execPath, join(root, 'packages/kubephase/dist/bin/kubephase.js')]],
  ...(values.kubeadm === undefined ? [] : [['kubeadm', [resolve(values.kubeadm)]]]),
].filter(([, [file]]) => existsSync(file));

const config = (algorithm) => `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: { advertiseAddress: 192.0.2.10 }
nodeRegistration: { name: cp1, criSocket: "unix:///var/run/containerd/containerd.sock" }
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
encryptionAlgorithm: ${algorithm}
`;

const cases = [
  { name: 'version', args: () => ['version'] },
  { name: '--help', args: () => ['--help'] },
  { name: 'init --help', args: () => ['init', '--help'] },
  { name: 'token generate', args: () => ['token', 'generate'] },
  {
    name: 'certs all, RSA-2048',
    args: (dir) => ['init', 'phase', 'certs', 'all', '--rootfs', dir, '--config', '/config.yaml'],
    config: config('RSA-2048'),
  },
  {
    name: 'certs all, ECDSA-P256',
    args: (dir) => ['init', 'phase', 'certs', 'all', '--rootfs', dir, '--config', '/config.yaml'],
    config: config('ECDSA-P256'),
  },
  {
    name: 'init --dry-run',
    args: (dir) => ['init', '--dry-run', '--config', join(dir, 'config.yaml'), '--ignore-preflight-errors', 'all'],
    config: config('RSA-2048'),
    environment: (dir) => ({ KUBEADM_INIT_DRYRUN_DIR: join(dir, 'dry') }),
  },
];

function once(command, test) {
  const dir = mkdtempSync(join(tmpdir(), 'kubephase-bench-'));
  try {
    if (test.config !== undefined) writeFileSync(join(dir, 'config.yaml'), test.config);
    mkdirSync(join(dir, 'tmp'));
    const timing = join(dir, 'timing');
    const full = [...(gnuTime === undefined ? [] : [gnuTime, '-f', '%M', '-o', timing]), ...command, ...test.args(dir)];
    const env = { ...process.env, ...test.environment?.(dir) };
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(full[0], full.slice(1), { env, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    if (status !== 0) throw new Error(`${full.join(' ')} exited ${status}: ${stderr}`);
    const memory = gnuTime === undefined ? undefined : Number(readFileSync(timing, 'utf8').trim().split('\n').at(-1)) / 1024;
    return { ms, memory };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

function measure(test, commands) {
  const samples = new Map(commands.map(([name]) => [name, []]));
  for (let round = -1; round < runs; round += 1) {
    for (const [name, command] of commands) {
      const sample = once(command, test);
      if (round >= 0) samples.get(name).push(sample);
    }
  }
  return [...samples].map(([name, all]) => {
    const times = all.map((one) => one.ms);
    return {
      name,
      ms: median(times),
      min: Math.min(...times),
      max: Math.max(...times),
      memory: gnuTime && median(all.map((one) => one.memory)),
    };
  });
}

function print(title, rows) {
  const base = rows[0];
  console.log(`\n${title}`);
  for (const row of rows) {
    const memory = row.memory === undefined ? '' : `${row.memory.toFixed(0).padStart(6)} MB`;
    const range = `(${row.min.toFixed(1)} to ${row.max.toFixed(1)})`;
    console.log(
      `  ${row.name.padEnd(11)}${row.ms.toFixed(1).padStart(9)} ms ${range.padEnd(22)}${memory}  ratio ${(row.ms / base.ms).toFixed(2)}`,
    );
  }
}

console.log(`${runs} rounds, one warm-up round; ratio: median over the median of the first row`);
// Made by `node tools/build-executable.mjs --baseline`.
const empty = ['empty', [join(root, 'dist/empty')]];
for (const test of cases) {
  if (values.only !== undefined && !values.only.split(',').includes(test.name)) continue;
  const commands = test.name === 'version' && existsSync(empty[1][0]) ? [...programs, empty] : programs;
  print(test.name, measure(test, commands));
}
