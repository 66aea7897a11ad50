import { isProblemError } from 'phaserunner';
import { runPhase } from 'phaserunner/testing';
import { expect, test } from 'vitest';
import { initConfig } from '../../../test/fixtures/init-config.ts';
import { initContext, succeed as run, type ContextOptions } from '../../../test/fixtures/init-context.ts';
import { createMemoryKubeApi } from '../../clients/kube/memory.ts';
import type { KubeObject } from '../../clients/kube/port.ts';
import { dnsAddress, dnsService } from '../../core/addons/coredns/objects.ts';
import { componentConfigHash } from '../../core/cluster-objects/config-maps.ts';
import { coredns, kubeProxy } from '../../phases/addon.ts';
import { checkCoreDns, writeService } from './coredns.ts';

async function codeOf(options: ContextOptions): Promise<string | undefined> {
  const { problems } = await runPhase(coredns, initContext(options));
  return problems?.[0]?.code;
}

function deployment(tag: string, name = 'coredns', replicas = 2): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    spec: { replicas, template: { spec: { containers: [{ name: 'coredns', image: `r.io:5000/coredns/coredns${tag}` }] } } },
  };
}

function corefileMap(data: Readonly<Record<string, string>>): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'coredns', namespace: 'kube-system' }, data };
}

const custom = corefileMap({ Corefile: '.:53 {\n    log\n    kubernetes cluster.local\n    ready\n    loop\n}\n' });
const outdated = corefileMap({ Corefile: '.:53 {\n    proxy . /etc/resolv.conf\n}\n' });

function found(objects: readonly KubeObject[], kind: string): KubeObject {
  return objects.find((object) => object.kind === kind) ?? expect.fail(`there is no ${kind}`);
}

test('CoreDNS is written in the order of the reference', async () => {
  const { kube, lines } = await run(coredns);
  expect(kube.requests).toEqual([
    'list Deployment',
    'get ConfigMap kube-system/coredns',
    'create ConfigMap kube-system/coredns',
    'create ClusterRole system:coredns',
    'create ClusterRoleBinding system:coredns',
    'create ServiceAccount kube-system/coredns',
    'create Deployment kube-system/coredns',
    'create Service kube-system/kube-dns',
  ]);
  expect(lines).toEqual(['applied the add-on CoreDNS']);
  expect(found(kube.objects(), 'Deployment')['spec']).toMatchObject({
    replicas: 2,
    template: { spec: { containers: [{ image: 'registry.k8s.io/coredns/coredns:v1.14.2' }] } },
  });
});

test('CoreDNS of an older release gets nothing that it does not know', async () => {
  const config = initConfig({ cluster: { ...initConfig().cluster, kubernetesVersion: 'v1.20.2' } });
  const { kube } = await run(coredns, { config });
  expect(JSON.stringify(found(kube.objects(), 'ConfigMap')['data'])).not.toContain('disable');
  expect(found(kube.objects(), 'Service').metadata.labels).toMatchObject({ 'kubernetes.io/name': 'KubeDNS' });
  expect(JSON.stringify(found(kube.objects(), 'ClusterRole'))).not.toContain('endpointslices');
});

test('a changed Corefile and the number of replicas are kept, the image is renewed', async () => {
  const { kube } = await run(coredns, { objects: [deployment(':v1.12.0', 'coredns', 5), custom] });
  expect(found(kube.objects(), 'ConfigMap')['data']).toEqual(custom['data']);
  expect(found(kube.objects(), 'Deployment')['spec']).toMatchObject({
    replicas: 5,
    template: { spec: { containers: [{ image: 'registry.k8s.io/coredns/coredns:v1.14.2' }] } },
  });
});

test('a Corefile that the new version would not read keeps its Deployment, and the user is warned', async () => {
  const { kube, lines } = await run(coredns, { objects: [deployment(':1.4.0'), outdated] });
  expect(found(kube.objects(), 'ConfigMap')['data']).toEqual(outdated['data']);
  expect(found(kube.objects(), 'Deployment')).toMatchObject(deployment(':1.4.0'));
  expect(kube.objects().map((object) => object.kind)).toContain('Service');
  expect(lines[0]).toMatch(/^WARNING .*1\.4\.0/);
});

test.each<[string, readonly KubeObject[], string | undefined]>([
  ['a tag that nobody published', [deployment(':v9'), custom], 'DNS_VERSION_UNKNOWN'],
  ['a tag that nobody published, but no ConfigMap of ours', [deployment(':v9')], undefined],
  ['an image without a tag', [deployment('@sha256:00'), custom], undefined],
  ['a tag and a digest', [deployment(':v9@sha256:00'), custom], 'DNS_VERSION_UNKNOWN'],
  ['two Deployments of the label', [deployment(':v1.14.2'), deployment(':v1.14.2', 'other')], 'DNS_AMBIGUOUS'],
  ['a ConfigMap without a Corefile', [corefileMap({ other: 'x' })], 'DNS_COREFILE_MISSING'],
])('with %s the outcome is right', async (_, objects, code) => {
  expect(await codeOf({ objects })).toBe(code);
});

test.each([
  ['KUBE_ALREADY_EXISTS', ['create', 'replace']],
  ['KUBE_INVALID', ['create', 'replace']],
  ['KUBE_FORBIDDEN', ['create']],
] as const)('after a creation that fails with %s the requests for the Service are %j', async (code, verbs) => {
  const service = dnsService('10.96.0.10', { serviceLabel: 'CoreDNS' });
  const kube = createMemoryKubeApi([service]);
  kube.failNext('create', code);
  const outcome: unknown = await writeService(kube, service).catch((error: unknown) => error);
  expect(kube.requests).toEqual(verbs.map((verb) => `${verb} Service kube-system/kube-dns`));
  expect(isProblemError(outcome)).toBe(verbs.length === 1);
});

test('patches of the Deployment are applied and told', async () => {
  const files = { '/p/corednsdeployment0+merge.yaml': 'spec:\n  replicas: 7\n' };
  const config = initConfig({ patchesDirectory: '/p' });
  const { kube, lines } = await run(coredns, { config, host: { files } });
  expect(found(kube.objects(), 'Deployment')['spec']).toMatchObject({ replicas: 7 });
  expect(lines.some((line) => line.includes('corednsdeployment'))).toBe(true);
});

test('a patch that does not fit is found before anything is written', async () => {
  const files = { '/p/corednsdeployment+json.yaml': '- {op: remove, path: /spec/nothing}\n' };
  const problems = await checkCoreDns(initContext({ config: initConfig({ patchesDirectory: '/p' }), host: { files } }));
  expect(problems.map((problem) => problem.code)).toEqual(['PATCH_NOT_APPLICABLE']);
});

test('kube-proxy is written in the order of the reference, with the proxy variables of the process', async () => {
  const { kube, lines } = await run(kubeProxy, { host: { environment: { HTTPS_PROXY: 'http://p' } } });
  expect(kube.requests).toEqual([
    'create ConfigMap kube-system/kube-proxy',
    'create DaemonSet kube-system/kube-proxy',
    'create ServiceAccount kube-system/kube-proxy',
    'create ClusterRoleBinding kubeadm:node-proxier',
    'create Role kube-system/kube-proxy',
    'create RoleBinding kube-system/kube-proxy',
  ]);
  expect(lines).toEqual(['applied the add-on kube-proxy']);
  const map = found(kube.objects(), 'ConfigMap');
  const data = map['data'] as Readonly<Record<string, string>>;
  expect(map.metadata.annotations).toEqual({ 'kubeadm.kubernetes.io/component-config.hash': componentConfigHash(data) });
  expect(data['kubeconfig.conf']).toContain('server: https://192.0.2.10:6443\n');
  expect(JSON.stringify(found(kube.objects(), 'DaemonSet'))).toContain('{"name":"HTTPS_PROXY","value":"http://p"}');
});

const printing: ContextOptions = { options: { printManifest: true }, host: { environment: { HTTPS_PROXY: 'http://p' } } };

test.each([
  ['coredns', coredns, ['Deployment', 'ConfigMap', 'Service', 'ClusterRole', 'ClusterRoleBinding', 'ServiceAccount']],
  ['kube-proxy', kubeProxy, ['ServiceAccount', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'ConfigMap', 'DaemonSet']],
] as const)('the manifests of %s are printed without contacting the cluster', async (_, phase, kinds) => {
  const { kube, printed } = await run(phase, printing);
  const text = printed.join('');
  expect(kube.requests).toEqual([]);
  expect(text.startsWith('---\napiVersion: ')).toBe(true);
  expect([...text.matchAll(/^kind: (\S+)$/gm)].map(([, kind]) => kind)).toEqual(kinds);
  expect([...text.matchAll(/^---$/gm)]).toHaveLength(kinds.length);
});

test('printed manifests hold neither the mark nor what only concerns this machine', async () => {
  const { printed } = await run(kubeProxy, printing);
  expect(printed.join('')).not.toMatch(/component-config|HTTPS_PROXY/);
});

test.each([
  ['10.96.0.0/12', '10.96.0.10'],
  ['fd00::/112', 'fd00::a'],
  ['10.0.0.0/24,fd00::/112', '10.0.0.10'],
  ['10.0.0.0/29', undefined],
  ['nonsense', undefined],
])('the DNS of the Service network %s is %s', (subnet, address) => {
  expect(dnsAddress(subnet)).toBe(address);
});
