import { expect, it, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { createMemoryRuntime, type MemoryRuntime, type MemoryRuntimeOptions } from '../clients/cri/memory/runtime.ts';
import type { InitConfig, NodeRegistration } from '../config/types.ts';
import { imagePull } from './image-pull.ts';
import { performChecks, type CheckOutcome } from './run.ts';

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
  readonly told: readonly string[];
}

async function pull(given: MemoryRuntimeOptions, config = initConfig()): Promise<Pulled> {
  const runtime = createMemoryRuntime(given);
  const told: string[] = [];
  const check = imagePull({
    debug: (text) => void told.push(text),
    warn: (text) => void told.push(`WARNING ${text}`),
    progress: ({ label, done, total }) => void told.push(`${label} ${done}/${total}`),
  });
  const [outcome] = await performChecks([check], { context: { ...checkContext({ config }), cri: runtime }, ignore: [] });
  return { outcome, runtime, told };
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
  const { told } = await pull({ images: images.slice(1, -1), pulls: { [etcd]: [{ error: 'manifest unknown' }] } });
  expect(told).toEqual([
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
  const { told } = await pull({}, configured({ imagePullSerial }));
  expect(told.filter((text) => text.startsWith('pulled'))).toHaveLength(imagePullSerial ? 1 : 7);
  expect(told).toContain(line);
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
  const { told } = await pull({ images, sandboxImage: 'k8s.gcr.io/pause:3.5' });
  expect(told[0]).toContain('WARNING the container runtime takes k8s.gcr.io/pause:3.5');
});
