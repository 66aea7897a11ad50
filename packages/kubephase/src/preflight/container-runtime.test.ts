import { expect, it, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { createMemoryRuntime, type MemoryRuntime, type MemoryRuntimeOptions } from '../clients/cri/memory.ts';
import type { InitConfig, NodeRegistration } from '../config/types.ts';
import type { Check } from './check.ts';
import { containerRuntimeVersion, cri, imagePull } from './container-runtime.ts';
import { performChecks, type CheckOutcome } from './run.ts';

const reason = 'RuntimeReady is false: Starting: not yet';

interface Case {
  readonly check: Check;
  readonly runtime: MemoryRuntimeOptions;
  /** Severity and detail. */
  readonly expected: readonly (readonly [string, string | undefined])[];
}

const unheard = 'connect ECONNREFUSED unix:///run/memory.sock';
const version = containerRuntimeVersion;

test.each<[string, Case]>([
  ['a runtime that works', { check: cri, runtime: {}, expected: [] }],
  ['a runtime that is not ready', { check: cri, runtime: { unreadiness: reason }, expected: [['error', reason]] }],
  ['no runtime', { check: cri, runtime: { unreachable: true }, expected: [['error', unheard]] }],
  ['a runtime that tells its cgroup driver', { check: version, runtime: {}, expected: [] }],
  [
    'a runtime that does not tell its cgroup driver',
    {
      check: version,
      runtime: { tellsCgroupDriver: false },
      expected: [['warning', 'It does not know the call RuntimeConfig of the container runtime interface (https://kep.k8s.io/4033).']],
    },
  ],
  ['no runtime to ask', { check: version, runtime: { unreachable: true }, expected: [['error', unheard]] }],
])('%s is judged by its check', async (_, { check, runtime, expected }) => {
  const [outcome] = await performChecks([check], { context: checkContext({ runtime }), ignore: [] });
  expect(outcome?.findings.map(({ severity, detail }) => [severity, detail])).toEqual(expected);
});

const etcd = 'registry.k8s.io/etcd:3.6.8-0';
const pause = 'registry.k8s.io/pause:3.10.2';
const images = [
  'registry.k8s.io/kube-apiserver:v1.36.2',
  'registry.k8s.io/kube-controller-manager:v1.36.2',
  'registry.k8s.io/kube-scheduler:v1.36.2',
  'registry.k8s.io/kube-proxy:v1.36.2',
  'registry.k8s.io/coredns/coredns:v1.14.2',
  pause,
  etcd,
];

const configured = (changes: Partial<NodeRegistration>): InitConfig =>
  initConfig({ nodeRegistration: { ...initConfig().nodeRegistration, ...changes } });

interface Pulled {
  readonly outcome: CheckOutcome | undefined;
  readonly runtime: MemoryRuntime;
  readonly shown: readonly string[];
}

async function pull(given: MemoryRuntimeOptions, config = initConfig()): Promise<Pulled> {
  const runtime = createMemoryRuntime(given);
  const shown: string[] = [];
  const check = imagePull({
    debug: (text) => void shown.push(text),
    warn: (text) => void shown.push(`WARNING ${text}`),
    progress: ({ label, done, total }) => void shown.push(`${label} ${done}/${total}`),
  });
  const [outcome] = await performChecks([check], { context: { ...checkContext({ config }), cri: runtime }, ignore: [] });
  return { outcome, runtime, shown };
}

test.each<[NodeRegistration['imagePullPolicy'], readonly string[]]>([
  ['IfNotPresent', images.slice(0, -1)],
  ['Always', images],
  ['Never', []],
])('with policy %s and etcd present the rest is pulled', async (imagePullPolicy, expected) => {
  const { outcome, runtime } = await pull({ images: [etcd] }, configured({ imagePullPolicy }));
  expect(outcome?.status).toBe('passed');
  expect(runtime.pulls).toEqual(expected);
});

it('shows how far it is', async () => {
  const { shown } = await pull({ images: images.slice(1, -1), pulls: { [etcd]: [{ error: 'manifest unknown' }] } });
  expect(shown).toEqual([
    `pulling ${images[0]} 0/7`,
    ...images.slice(1, -1).map((image, index) => `already there: ${image} ${index + 2}/7`),
    `pulling ${etcd} 6/7`,
    `cannot pull ${etcd} 7/7`,
  ]);
});

it.each([
  [true, `pulled ${etcd} 7/7`],
  [false, `pulled ${images[0]} 1/7`],
])('tells of an image that has come when nothing else tells it (one after the other: %s)', async (imagePullSerial, line) => {
  const { shown } = await pull({}, configured({ imagePullSerial }));
  expect(shown.filter((text) => text.startsWith('pulled'))).toHaveLength(imagePullSerial ? 1 : 7);
  expect(shown).toContain(line);
});

it.each([true, false])('has a finding for each image that cannot be had (one after the other: %s)', async (imagePullSerial) => {
  const refused = { error: 'manifest unknown' };
  const { outcome } = await pull({ pulls: { [etcd]: [refused], [pause]: [refused] } }, configured({ imagePullSerial }));
  expect(outcome?.status).toBe('error');
  expect(outcome?.findings.map(({ summary, detail }) => [summary, detail])).toEqual([
    [`cannot pull image ${pause}`, '5 tries failed, the last one with: manifest unknown'],
    [`cannot pull image ${etcd}`, '5 tries failed, the last one with: manifest unknown'],
  ]);
});

it('fails without a runtime, also where nothing is to be pulled', async () => {
  const { outcome } = await pull({ unreachable: true }, configured({ imagePullPolicy: 'Never' }));
  expect(outcome?.findings.map(({ summary }) => summary)).toEqual(['the container runtime does not answer at unix:///run/memory.sock']);
});

it('warns of a runtime that takes another image for the sandbox', async () => {
  const { shown } = await pull({ images, sandboxImage: 'k8s.gcr.io/pause:3.5' });
  expect(shown[0]).toContain('WARNING the container runtime takes k8s.gcr.io/pause:3.5');
});
