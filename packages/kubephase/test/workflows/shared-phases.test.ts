/** Which workflows mount which phase; where phases stand, and in which order. */
import { readdirSync } from 'node:fs';
import { flatten, type Phase, type Workflow } from 'phaserunner';
import { expect, test } from 'vitest';
import { workflowNames } from '../../src/settings/parse.ts';
import { workflow as repair } from './repair/workflow.ts';

type AnyPhase = Phase<never>;
type AnyWorkflow = Workflow<never>;
type Module = Readonly<Record<string, unknown>>;

const source = new URL('../../src/', import.meta.url);

/** The modules of the product whose path fits, by path. */
async function modules(pattern: RegExp): Promise<ReadonlyMap<string, Module>> {
  const paths = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => pattern.test(path));
  return new Map(
    await Promise.all(paths.sort().map(async (path) => [path, (await import(new URL(path, source).href)) as Module] as const)),
  );
}

const isPhase = (value: unknown): value is AnyPhase => typeof value === 'object' && value !== null && 'name' in value && 'summary' in value;

const phasesIn = (all: ReadonlyMap<string, Module>): readonly (readonly [string, AnyPhase])[] =>
  [...all].flatMap(([path, module]) =>
    Object.entries(module).flatMap(([name, value]) => (isPhase(value) ? [[`${path} ${name}`, value] as const] : [])),
  );

const workflows: readonly AnyWorkflow[] = [...(await modules(/^commands\/.*workflow\.ts$/)).values()].map(
  (module) => module['workflow'] as AnyWorkflow,
);
const shared = phasesIn(await modules(/^phases\/(?!.*\.test\.ts$).*\.ts$/));
const own = phasesIn(await modules(/^commands\/.*\/phases\.ts$/));

/** `within` makes another object with the same work. */
const identity = ({ work, run, phases }: AnyPhase): unknown => work ?? run ?? phases;

const mounts = (workflow: AnyWorkflow, phase: AnyPhase): boolean =>
  flatten(workflow).some((place) => identity(place.phase) === identity(phase));

const mountedBy = (phase: AnyPhase, all: readonly AnyWorkflow[] = workflows): readonly string[] =>
  all.filter((one) => mounts(one, phase)).map(({ name }) => name);

test('phases of init stand in a second workflow as the same objects', () => {
  const rows = shared.map(([place, phase]) => [place, mountedBy(phase, [...workflows, repair]).join(', ')] as const);
  process.stdout.write(rows.map(([place, names]) => `${place.padEnd(56)} ${names}\n`).join(''));
  const both = ['certs', 'kubeconfig', 'controlPlane', 'markControlPlane', 'waitControlPlane'];
  expect(rows.filter(([place]) => both.includes(place.split(' ')[1] ?? '')).map(([, names]) => names)).toEqual(
    both.map(() => 'init, repair'),
  );
  expect(flatten(repair).filter(({ phase }) => shared.some(([, one]) => one === phase)).length).toBe(flatten(repair).length - 1);
});

/**
 * Of `phases/`, by file, mounted by one workflow so far; a name goes when a second workflow mounts the phase.
 * The first node alone makes the authorities, the service account's keys, super-admin.conf and the kubelet's first credentials.
 */
const mountedOnce = {
  'phases/addon.ts': ['addon', 'coredns', 'kubeProxy'],
  'phases/certs.ts': [
    'apiserver',
    'apiserverEtcdClient',
    'apiserverKubeletClient',
    'ca',
    'certs',
    'etcdCa',
    'etcdHealthcheckClient',
    'etcdPeer',
    'etcdServer',
    'frontProxyCa',
    'frontProxyClient',
    'sa',
  ],
  'phases/control-plane.ts': ['apiserver', 'controlPlane', 'controllerManager', 'markControlPlane', 'scheduler', 'waitControlPlane'],
  'phases/kubeconfig.ts': ['admin', 'controllerManager', 'kubeconfig', 'kubelet', 'scheduler', 'superAdmin'],
  'phases/upload-config.ts': ['kubeadm', 'kubelet', 'uploadConfig'],
};

test('what stands in phases/ is mounted by more than one workflow, but for the exceptions', () => {
  const exceptions = Object.entries(mountedOnce).flatMap(([file, names]) => names.map((name) => `${file} ${name}`));
  const once = shared.filter(([, phase]) => mountedBy(phase).length < 2).map(([place]) => place);
  expect([...once].sort()).toEqual(exceptions);
});

test('what stands beside a workflow is mounted by that workflow alone', () => {
  for (const [place, phase] of own) {
    const words = place.replace(/^commands\/(.*)\/phases\.ts.*$/, '$1').replaceAll('/', ' ');
    expect([place, mountedBy(phase)]).toEqual([place, [words]]);
  }
});

test('every top-level phase stands in one of the two places', () => {
  const known = new Set([...own, ...shared].map(([, phase]) => identity(phase)));
  for (const { name, phases } of workflows)
    expect([name, phases.filter((phase) => !known.has(identity(phase))).map((phase) => phase.name)]).toEqual([name, []]);
});

test('the settings file knows every workflow', () => {
  expect(workflows.map(({ name }) => name)).toEqual(workflowNames);
});

test('init runs its phases in the order of the reference', () => {
  const init = workflows.find(({ name }) => name === 'init');
  expect(init?.phases.map(({ name }) => name)).toEqual([
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
});
