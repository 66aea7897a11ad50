/** Damaged and hostile files. `KUBEPHASE_FUZZ_RUNS=100000` tries more of them. */
import * as fc from 'fast-check';
import type { Problem } from 'phaserunner';
import { expect, test } from 'vitest';
import { clusterText, initText } from './load.cases.ts';
import { documentText } from './kinds.cases.ts';
import { migrateConfig } from './migrate/migrate.ts';
import { clusterConfiguration, initConfiguration, joinConfiguration, resetConfiguration, upgradeConfiguration } from './schema/v1beta4.ts';
import { loadConfig } from './whole-file.ts';

const runs = Number(process.env['KUBEPHASE_FUZZ_RUNS'] ?? 5000);
/** Nobody waits for this; it only keeps a run of any length from being stopped. */
const timeoutMs = 60_000 + runs * 60;

const cluster = clusterText(`controlPlaneEndpoint: lb.example:6443
apiServer:
  # names
  certSANs: [a.example, 192.0.2.1]
  extraVolumes: [{name: x, hostPath: /x, mountPath: /y, pathType: File}]
featureGates: {RootlessControlPlane: true}
networking: {podSubnet: "10.244.0.0/16,fd00::/56"}
etcd: {external: {endpoints: ["https://a:1"], caFile: /ca}}`);

const samples = [
  `${initText(`bootstrapTokens:
- token: abcdef.0123456789abcdef
  ttl: 1h
nodeRegistration:
  kubeletExtraArgs:
  - name: v
    value: "4"
localAPIEndpoint: {advertiseAddress: 192.0.2.10, bindPort: 6443}`)}---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}}
`,
  cluster,
  cluster.replace('v1beta4', 'v1beta3').replace('apiServer:\n', 'apiServer: &a\n  timeoutForControlPlane: 7m\n  extraArgs: {v: "4"}\n'),
  `${documentText(
    'JoinConfiguration',
    `discovery:
  bootstrapToken: {token: abcdef.0123456789abcdef, apiServerEndpoint: "a:1", caCertHashes: ["sha256:00"]}
controlPlane: {localAPIEndpoint: {advertiseAddress: 192.0.2.10}}
timeouts: {discovery: 5m0s}`,
  )}---\n${documentText('ResetConfiguration', 'force: true\nunmountFlags: [MNT_FORCE]\ncriSocket: /run/x.sock')}`,
  documentText(
    'UpgradeConfiguration',
    'apply: {etcdUpgrade: no, patches: {directory: /p}, ignorePreflightErrors: [all]}\ndiff: {contextLines: 5}',
  ),
];

const pieces = [
  '---\n',
  '\t',
  '- ',
  ': ',
  '&a ',
  '*a',
  '[',
  '}',
  '"',
  "'",
  '|',
  '>',
  '%',
  '!!int ',
  '!!binary ',
  '<<: ',
  '<<: *a',
  '? ',
  '\0',
  '\r',
  '\uFEFF',
  'null',
  '1e999',
  '0x',
  '~',
  '#',
  'kind: X\n',
  '__proto__: 1\n',
  'constructor: {}\n',
  'v1beta3',
  'v1beta2',
  '...\n',
  '\u2028',
  '{}',
  '[]',
  '-1',
];
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  drop: fc.nat(12),
  insert: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 6 })),
});
const damaged = fc.tuple(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 4 })).map(([sample, edits]) => {
  let text = sample;
  for (const { at, drop, insert } of edits) {
    const offset = Math.floor(at * text.length);
    text = text.slice(0, offset) + insert + text.slice(offset + drop);
  }
  return text;
});

const maxMs = 1000;

/** Milliseconds of the faster of two runs when the first one is slow: a busy machine is no hang. */
async function timed(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  const ms = performance.now() - start;
  return ms <= maxMs ? ms : Math.min(ms, await timedOnce(run));
}

async function timedOnce(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

function expectProblems(problems: readonly Problem[]): void {
  expect(problems.length).toBeGreaterThan(0);
  for (const { code, summary, remedy, where } of problems) {
    expect(code).not.toBe('');
    expect(summary).not.toBe('');
    expect(remedy).toEqual(expect.any(String));
    expect(where).toMatchObject({ file: 'configuration' });
  }
}

/** Loads and converts; fails with the text itself when that takes too long. */
async function survives(text: string): Promise<void> {
  const loaded = await loadConfig({ text });
  if (!loaded.ok) expectProblems(loaded.problems);
  const migrated = await migrateConfig({ text });
  if (!migrated.ok) expectProblems(migrated.problems);
  // What was converted is accepted as it is.
  else expect(await loadConfig({ text: migrated.text, strict: true })).toMatchObject({ ok: true });
}

test(
  'however a file is damaged, the answer is a configuration or problems that say where, and it comes soon',
  async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async (text) => {
        if ((await timed(() => survives(text))) > maxMs) expect.fail(`took more than ${maxMs} ms:\n${text}`);
      }),
      { numRuns: runs },
    );
  },
  timeoutMs,
);

const fields = Object.entries({
  ClusterConfiguration: clusterConfiguration,
  InitConfiguration: initConfiguration,
  JoinConfiguration: joinConfiguration,
  ResetConfiguration: resetConfiguration,
  UpgradeConfiguration: upgradeConfiguration,
}).flatMap(([kind, { entries }]) => Object.keys(entries).map((field) => ({ kind, field })));

test(
  'whatever value a field has, the answer is a configuration or problems',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.jsonValue({ maxDepth: 3 }), async ({ kind, field }, value) => {
        await survives(JSON.stringify({ apiVersion: 'kubeadm.k8s.io/v1beta4', kind, [field]: value }));
      }),
      { numRuns: Math.ceil(runs / 10) },
    );
  },
  timeoutMs,
);

test('names of object members are only names', async () => {
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
    for (const text of [
      documentText('ClusterConfiguration', `${name}: {polluted: true}`),
      documentText('ClusterConfiguration', `featureGates: {"${name}": true}`),
      documentText('ClusterConfiguration', `scheduler: {extraArgs: {"${name}": x}}`).replace('v1beta4', 'v1beta3'),
      `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${name}: {polluted: true}\n`,
      documentText(name, ''),
    ])
      await survives(text);
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

const repeated = (piece: (index: number) => string, length: number) => {
  const parts: string[] = [];
  for (let size = 0, index = 0; size < length; index += 1) {
    const part = piece(index);
    parts.push(part);
    size += part.length;
  }
  return parts.join('');
};
const letters = 'abcdefghijklmnop'.split('');
const laughs = (member: (inner: string) => string) =>
  letters.map((letter, index) => `${letter}: &${letter} ${index === 0 ? '{x: 1}' : member(letters[index - 1] ?? '')}`).join('\n');

test.each([
  ['five megabytes of nesting', '['.repeat(5_000_000), 'CONFIG_TOO_LARGE'],
  ['nesting in braces', `a: ${'{a: '.repeat(100_000)}`, 'CONFIG_TOO_LARGE'],
  ['nesting by indentation', repeated((index) => `${' '.repeat(index)}a:\n`, 500_000), 'CONFIG_TOO_LARGE'],
  ['nesting in lists', `a:\n ${'- '.repeat(200_000)}`, 'CONFIG_TOO_LARGE'],
  ['a hundred thousand documents', '---\na: 1\n'.repeat(100_000), 'CONFIG_TOO_LARGE'],
  ['aliases that multiply', laughs((inner) => `[${`*${inner}, `.repeat(9)}]`), 'CONFIG_TOO_LARGE'],
  ['merge keys that multiply', laughs((inner) => `{<<: [${`*${inner}, `.repeat(9)}]}`), 'CONFIG_TOO_LARGE'],
  ['more values than anybody writes', repeated(() => 'a: 1\n', 900_000), 'CONFIG_TOO_LARGE'],
])('%s: refused with a limit that is named', async (_what, text, code) => {
  const loaded = await loadConfig({ text });
  expect(loaded).toMatchObject({ ok: false, problems: [{ code, where: { file: 'configuration' }, remedy: expect.any(String) }] });
});

test('a real configuration of nearly a megabyte is read', async () => {
  const names = repeated((index) => `  - host-${index}.example.com\n`, 950_000);
  const loaded = await loadConfig({ text: clusterText(`apiServer:\n  certSANs:\n${names}`), strict: true });
  expect(loaded.ok).toBe(true);
});

test('of a hundred thousand problems the first thousand are reported', async () => {
  for (const text of [
    clusterText(repeated((index) => `field${index}: 1\n`, 900_000)),
    clusterText(`featureGates:\n${repeated((index) => `  Gate${index}: true\n`, 900_000)}`),
  ]) {
    const loaded = await loadConfig({ text, strict: true });
    const problems = loaded.ok ? [] : loaded.problems;
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toMatchObject({ code: 'CONFIG_MORE_FINDINGS' });
    expect(JSON.stringify(problems).length).toBeLessThan(2_000_000);
  }
});
