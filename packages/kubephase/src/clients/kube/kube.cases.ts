/** What every Kubernetes API has to do. The cases make objects with names of their own and leave them, so that they also run against a server. */
import { describe, expect, it } from 'vitest';
import { isProblemError } from 'phaserunner';
import type { KubeApi, KubeObject } from './port.ts';

/** Namespace that exists everywhere. */
const namespace = 'kube-system';

interface Context {
  readonly kube: KubeApi;
  /** Unique in this run. */
  readonly name: string;
}

export type KubeExceptions = Readonly<Partial<Record<KubeCase, string>>>;

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return isProblemError(error) ? error.problem.code : `not a problem: ${String(error)}`;
  }
}

const map = (name: string, data: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace, name, labels },
  data,
});
const mapReference = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name }) as const;
const nodeReference = (name: string) => ({ apiVersion: 'v1', kind: 'Node', name }) as const;

const cases = {
  'answers undefined for what does not exist': async ({ kube, name }) => {
    expect(await kube.get(mapReference(name))).toBeUndefined();
  },
  'gives a created object a UID and a version': async ({ kube, name }) => {
    const created = await kube.create(map(name, { a: '1' }));
    expect(created.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(created.metadata.resourceVersion).toMatch(/^[0-9]+$/);
    expect(await kube.get(mapReference(name))).toMatchObject({ data: { a: '1' }, metadata: { uid: created.metadata.uid } });
  },
  'refuses to create what exists': async ({ kube, name }) => {
    await kube.create(map(name, { a: '1' }));
    expect(await codeOf(kube.create(map(name, { a: '2' })))).toBe('KUBE_ALREADY_EXISTS');
    expect(await kube.get(mapReference(name))).toMatchObject({ data: { a: '1' } });
  },
  'replaces an object whatever its version when none is given': async ({ kube, name }) => {
    const created = await kube.create(map(name, { a: '1', b: '1' }));
    const replaced = await kube.replace(map(name, { a: '2' }));
    expect(replaced['data']).toEqual({ a: '2' });
    expect(replaced.metadata.uid).toBe(created.metadata.uid);
    expect(replaced.metadata.resourceVersion).not.toBe(created.metadata.resourceVersion);
  },
  'refuses to replace an older version': async ({ kube, name }) => {
    const { resourceVersion } = (await kube.create(map(name, { a: '1' }))).metadata;
    const versioned = (data: Readonly<Record<string, string>>): KubeObject => {
      const object = map(name, data);
      return { ...object, metadata: { ...object.metadata, resourceVersion: resourceVersion! } };
    };
    await kube.replace(versioned({ a: '2' }));
    expect(await codeOf(kube.replace(versioned({ a: '3' })))).toBe('KUBE_CONFLICT');
    expect(await kube.get(mapReference(name))).toMatchObject({ data: { a: '2' } });
  },
  'refuses to replace or patch what does not exist': async ({ kube, name }) => {
    expect(await codeOf(kube.replace(map(name, {})))).toBe('KUBE_NOT_FOUND');
    expect(await codeOf(kube.patch(mapReference(name), { data: { a: '1' } }))).toBe('KUBE_NOT_FOUND');
  },
  'lists the objects of a namespace that have all labels, by name': async ({ kube, name }) => {
    await kube.create(map(`${name}-b`, {}, { case: name, role: 'one' }));
    await kube.create(map(`${name}-a`, {}, { case: name, role: 'one' }));
    await kube.create(map(`${name}-c`, {}, { case: name, role: 'two' }));
    const found = await kube.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace, labels: { case: name, role: 'one' } });
    expect(found.map(({ metadata }) => metadata.name)).toEqual([`${name}-a`, `${name}-b`]);
    expect(found[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(await kube.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace, labels: { case: 'none' } })).toEqual([]);
  },
  'merges a patch into an object': async ({ kube, name }) => {
    await kube.create(map(name, { a: '1', b: '1' }, { kept: 'yes' }));
    const patched = await kube.patch(mapReference(name), { data: { a: '2', b: null, c: '3' } });
    expect(patched).toMatchObject({ metadata: { labels: { kept: 'yes' } } });
    expect(patched['data']).toEqual({ a: '2', c: '3' });
  },
  'adds labels of a Node and replaces its taints as a whole': async ({ kube, name }) => {
    await kube.create({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name } },
      spec: { taints: [{ key: 'x', effect: 'NoSchedule' }] },
    });
    const taints = [{ key: 'y', effect: 'NoSchedule' }];
    const patched = await kube.patch(nodeReference(name), { metadata: { labels: { role: '' } }, spec: { taints } });
    expect(patched.metadata.labels).toMatchObject({ 'kubernetes.io/hostname': name, role: '' });
    expect(patched['spec']).toMatchObject({ taints });
  },
  'merges the volumes of a Deployment by name': async ({ kube, name }) => {
    const labels = { case: name };
    const container = { name: 'c', image: 'none.invalid/none:1', volumeMounts: [{ name: 'config', mountPath: '/etc/config' }] };
    const volumes = [
      { name: 'config', configMap: { name: 'one' } },
      { name: 'other', emptyDir: {} },
    ];
    await kube.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace, name },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [container], volumes } },
      },
    });
    const changed = { name: 'config', configMap: { name: 'two' } };
    const patched = await kube.patch(
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name },
      { spec: { template: { spec: { volumes: [changed] } } } },
    );
    const spec = patched['spec'] as { template: { spec: { volumes: { name: string; configMap?: { name: string } }[] } } };
    const byName = new Map(spec.template.spec.volumes.map((volume) => [volume.name, volume.configMap?.name]));
    expect(Object.fromEntries(byName)).toEqual({ config: 'two', other: undefined });
  },
  'is healthy': async ({ kube }) => {
    expect(await kube.unhealthyParts()).toEqual([]);
  },
  'keeps objects with and without namespace apart': async ({ kube, name }) => {
    const rules: readonly unknown[] = [];
    const apiVersion = 'rbac.authorization.k8s.io/v1';
    await kube.create({ apiVersion, kind: 'ClusterRole', metadata: { name }, rules });
    await kube.create({ apiVersion, kind: 'Role', metadata: { namespace, name }, rules });
    expect((await kube.get({ apiVersion, kind: 'ClusterRole', name }))?.metadata.namespace).toBeUndefined();
    expect((await kube.get({ apiVersion, kind: 'Role', namespace, name }))?.metadata.namespace).toBe(namespace);
  },
  'names the object and the request in its problems': async ({ kube, name }) => {
    await kube.create(map(name, {}));
    await expect(kube.create(map(name, {}))).rejects.toMatchObject({
      problem: { summary: `cannot create ConfigMap ${namespace}/${name}`, where: { object: `ConfigMap ${namespace}/${name}` } },
    });
  },
  'is not changed by changes to what it returned or was given': async ({ kube, name }) => {
    const data = { a: '1' };
    await kube.create(map(name, data));
    data.a = 'changed';
    const read = await kube.get(mapReference(name));
    (read!['data'] as Record<string, string>)['a'] = 'changed';
    expect(await kube.get(mapReference(name))).toMatchObject({ data: { a: '1' } });
  },
} satisfies Readonly<Record<string, (context: Context) => Promise<void>>>;

export type KubeCase = keyof typeof cases;

/** Runs all cases on the API that `makeKube` connects to; what it cannot do is listed with its reason. */
export function kubeCases(title: string, makeKube: () => Promise<KubeApi> | KubeApi, exceptions: KubeExceptions = {}): void {
  const run = Date.now().toString(36);
  describe(title, () => {
    for (const [index, [behaviour, check]] of Object.entries(cases).entries()) {
      const reason = exceptions[behaviour as KubeCase];
      if (reason === undefined) it(behaviour, async () => check({ kube: await makeKube(), name: `case-${run}-${index}` }));
      else it.skip(`${behaviour} (${reason})`, () => undefined);
    }
  });
}
