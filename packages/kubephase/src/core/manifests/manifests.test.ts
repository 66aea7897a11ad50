import { describe, expect, test } from 'vitest';
import { initConfig } from '../../../test/fixtures/init-config.ts';
import type { ClusterConfig, LocalEtcd } from '../../config/types.ts';
import { parseVersion } from '../../formats/version.ts';
import { releaseFor } from '../../releases/index.ts';
import { etcdPod } from './etcd.ts';
import { kubeApiserver } from './kube-apiserver.ts';
import { kubeControllerManager } from './kube-controller-manager.ts';
import { kubeScheduler } from './kube-scheduler.ts';
import type { HostFacts, ManifestRequest, StaticPod } from './pod.ts';

const noFacts: HostFacts = { caDirectories: [], proxyVariables: [], externalCa: false };

function request(cluster: Partial<ClusterConfig> = {}, facts: Partial<HostFacts> = {}): ManifestRequest {
  const config = initConfig({ cluster });
  return { config, release: releaseFor(parseVersion(config.cluster.kubernetesVersion)!)!, facts: { ...noFacts, ...facts } };
}

const local: LocalEtcd = { dataDir: '/var/lib/etcd', extraArgs: [], extraEnvs: [], serverCertSANs: [], peerCertSANs: [] };
const component = { extraArgs: [], extraVolumes: [], extraEnvs: [] };
const advertise = (base: ManifestRequest, advertiseAddress: string): ManifestRequest => ({
  ...base,
  config: { ...base.config, localAPIEndpoint: { advertiseAddress, bindPort: 6443 } },
});

const volume = (name: string, hostPath: string, options: { readOnly: boolean; pathType: string }) => ({
  name,
  hostPath,
  mountPath: hostPath,
  ...options,
});

type Container = Record<string, never> & {
  command: readonly string[];
  env?: readonly unknown[];
  ports?: readonly { containerPort: number }[];
  image: string;
  volumeMounts: readonly { name: string; mountPath: string; readOnly?: true }[];
} & Record<'livenessProbe' | 'readinessProbe' | 'startupProbe', { httpGet: Record<string, unknown>; failureThreshold: number } | undefined>;

const containerOf = (pod: StaticPod) => pod.spec.containers[0] as unknown as Container;
const argsOf = (pod: StaticPod) => containerOf(pod).command.slice(1);
const argOf = (pod: StaticPod, name: string) =>
  argsOf(pod)
    .find((arg) => arg.startsWith(`--${name}=`))
    ?.slice(name.length + 3);
const volumesOf = (pod: StaticPod) =>
  (pod.spec as unknown as { volumes: { name: string; hostPath: { path: string; type: string } }[] }).volumes;

const pods = (base: ManifestRequest) => [kubeApiserver(base), kubeControllerManager(base), kubeScheduler(base), etcdPod(base, local)];

describe('all static Pods', () => {
  test('arguments are sorted by name', () => {
    for (const pod of pods(request())) expect(argsOf(pod)).toEqual(argsOf(pod).toSorted());
  });

  test('only the API server and etcd are annotated', () => {
    expect(pods(request()).map((pod) => pod.metadata.annotations)).toEqual([
      { 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': '192.0.2.10:6443' },
      undefined,
      undefined,
      { 'kubeadm.kubernetes.io/etcd.advertise-client-urls': 'https://192.0.2.10:2379' },
    ]);
  });

  test.each([
    [240_000, 24],
    [415_000, 42],
    [0, 1],
  ])('a start may take %d ms: the probe may fail %d times', (startMs, failureThreshold) => {
    const base = request();
    const config: ManifestRequest['config'] = {
      ...base.config,
      timeouts: { ...base.config.timeouts, controlPlaneComponentHealthCheckMs: startMs },
    };
    for (const pod of pods({ ...base, config })) expect(containerOf(pod).startupProbe?.failureThreshold).toBe(failureThreshold);
  });
});

describe('kube-apiserver', () => {
  test('an IPv6 address has brackets in the annotation and etcd URL only', () => {
    const pod = kubeApiserver(advertise(request(), '2001:db8::1'));
    expect(Object.values(pod.metadata.annotations as object)).toEqual(['[2001:db8::1]:6443']);
    expect(argOf(pod, 'advertise-address')).toBe('2001:db8::1');
    expect(argOf(pod, 'etcd-servers')).toBe('https://[::1]:2379');
    expect(containerOf(pod).livenessProbe?.httpGet.host).toBe('2001:db8::1');
  });

  test('the last advertise-client-urls of etcd is where the API server looks for etcd', () => {
    const extraArgs = ['https://a:1', 'https://b:2'].map((value) => ({ name: 'advertise-client-urls', value }));
    expect(argOf(kubeApiserver(request({ etcd: { local: { ...local, extraArgs } } })), 'etcd-servers')).toBe('https://b:2');
  });

  test.each([
    ['all files', { caFile: '/e/ca', certFile: '/e/crt', keyFile: '/e/key' }, ['/e/ca', '/e/crt', '/e/key']],
    ['half a pair', { caFile: '/e/ca', certFile: '/e/crt', keyFile: '' }, ['/e/ca', undefined, undefined]],
    ['nothing', { caFile: '', certFile: '', keyFile: '' }, [undefined, undefined, undefined]],
  ])('external etcd with %s', (_, files, expected) => {
    const external = { endpoints: ['https://a:2379', 'https://b:2379'], httpEndpoints: [], ...files };
    const pod = kubeApiserver(request({ etcd: { external } }));
    expect(argOf(pod, 'etcd-servers')).toBe('https://a:2379,https://b:2379');
    expect(['etcd-cafile', 'etcd-certfile', 'etcd-keyfile'].map((name) => argOf(pod, name))).toEqual(expected);
  });

  test.each([
    [[], 'Node,RBAC'],
    [[{ name: 'authorization-mode', value: 'Bogus,Node' }], 'Bogus,Node'],
    [[{ name: 'authorization-config', value: '/a.yaml' }], undefined],
  ])('authorization with %j', (extraArgs, expected) => {
    expect(argOf(kubeApiserver(request({ apiServer: { ...component, certSANs: [], extraArgs } })), 'authorization-mode')).toBe(expected);
  });

  test('folders with CA certificates of the host are mounted, sorted by name', () => {
    const pod = kubeApiserver(request({}, { caDirectories: ['/usr/share/ca-certificates', '/etc/pki/ca-trust'] }));
    expect(volumesOf(pod).map(({ name, hostPath }) => [name, hostPath.path])).toEqual([
      ['ca-certs', '/etc/ssl/certs'],
      ['etc-pki-ca-trust', '/etc/pki/ca-trust'],
      ['k8s-certs', '/etc/kubernetes/pki'],
      ['usr-share-ca-certificates', '/usr/share/ca-certificates'],
    ]);
    expect(containerOf(pod).volumeMounts.every((mount) => mount.readOnly)).toBe(true);
  });

  test('extra volumes replace volume and mount of the same name, the last one wins', () => {
    const extraVolumes = [
      volume('k8s-certs', '/first', { readOnly: true, pathType: '' }),
      volume('k8s-certs', '/last', { readOnly: false, pathType: '' }),
      volume('audit', '/audit', { readOnly: true, pathType: 'File' }),
    ];
    const pod = kubeApiserver(request({ apiServer: { ...component, certSANs: [], extraVolumes } }));
    expect(volumesOf(pod)).toEqual([
      { name: 'audit', hostPath: { path: '/audit', type: 'File' } },
      { name: 'ca-certs', hostPath: { path: '/etc/ssl/certs', type: 'DirectoryOrCreate' } },
      { name: 'k8s-certs', hostPath: { path: '/last', type: '' } },
    ]);
    expect(containerOf(pod).volumeMounts.at(-1)).toEqual({ name: 'k8s-certs', mountPath: '/last' });
  });
});

describe('kube-controller-manager', () => {
  test.each<[Partial<ClusterConfig['networking']>, readonly (string | undefined)[]]>([
    [{}, [undefined, undefined, undefined]],
    [{ podSubnet: '10.244.0.0/16,fd00::/56' }, ['true', '10.244.0.0/16,fd00::/56', '10.96.0.0/12']],
    [{ podSubnet: '10.244.0.0/16', serviceSubnet: '' }, ['true', '10.244.0.0/16', undefined]],
  ])('networks %j', (networking, expected) => {
    const pod = kubeControllerManager(request({ networking: { ...request().config.cluster.networking, ...networking } }));
    expect(['allocate-node-cidrs', 'cluster-cidr', 'service-cluster-ip-range'].map((name) => argOf(pod, name))).toEqual(expected);
  });

  test('with an external CA it gets no signing files', () => {
    const pod = kubeControllerManager(request({}, { externalCa: true }));
    expect(argsOf(pod)).toContain('--cluster-signing-cert-file=');
    expect(argsOf(pod)).toContain('--cluster-signing-key-file=');
  });

  test('an empty cluster name is left out', () => {
    expect(argOf(kubeControllerManager(request({ clusterName: '' })), 'cluster-name')).toBeUndefined();
  });

  test.each([
    [['0.0.0.0'], undefined],
    [['::'], undefined],
    [[''], undefined],
    [['192.0.2.1', '192.0.2.2'], '192.0.2.2'],
    [[], '127.0.0.1'],
  ])('bound to %j it is probed at %s', (addresses, host) => {
    const extraArgs = addresses.map((value) => ({ name: 'bind-address', value }));
    const changes = { controllerManager: { ...component, extraArgs }, scheduler: { ...component, extraArgs } };
    for (const pod of [kubeControllerManager(request(changes)), kubeScheduler(request(changes))]) {
      expect(containerOf(pod).livenessProbe?.httpGet.host).toBe(host);
      expect('host' in (containerOf(pod).livenessProbe?.httpGet ?? {})).toBe(host !== undefined);
    }
  });

  test('proxy variables and the user’s are sorted, the user’s win', () => {
    const proxyVariables = [
      { name: 'no_proxy', value: 'localhost' },
      { name: 'HTTP_PROXY', value: 'http://a' },
    ];
    const extraEnvs = [
      { name: 'ZED', value: '' },
      { name: 'HTTP_PROXY', value: 'http://b' },
    ];
    const pod = kubeControllerManager(request({ controllerManager: { ...component, extraEnvs } }, { proxyVariables }));
    expect(containerOf(pod).env).toEqual([
      { name: 'HTTP_PROXY', value: 'http://b' },
      { name: 'ZED' },
      { name: 'no_proxy', value: 'localhost' },
    ]);
  });
});

describe('etcd', () => {
  test('it ignores proxy variables', () => {
    expect(containerOf(etcdPod(request({}, { proxyVariables: [{ name: 'HTTP_PROXY', value: 'http://a' }] }), local)).env).toBeUndefined();
  });

  test('IPv6 addresses have brackets', () => {
    const pod = etcdPod(advertise(request(), '2001:db8::1'), local);
    expect(argOf(pod, 'initial-cluster')).toBe('cp1=https://[2001:db8::1]:2380');
    expect(argOf(pod, 'listen-client-urls')).toBe('https://[::1]:2379,https://[2001:db8::1]:2379');
    expect(argOf(pod, 'listen-metrics-urls')).toBe('http://[::1]:2381');
    expect(containerOf(pod).livenessProbe?.httpGet.host).toBe('::1');
  });

  test('volumes are sorted by name, mounts are not', () => {
    const pod = etcdPod(request(), local);
    expect(volumesOf(pod).map(({ name }) => name)).toEqual(['etcd-certs', 'etcd-data']);
    expect(containerOf(pod).volumeMounts).toEqual([
      { name: 'etcd-data', mountPath: '/var/lib/etcd' },
      { name: 'etcd-certs', mountPath: '/etc/kubernetes/pki/etcd' },
    ]);
  });
});

const pod = (build: (base: ManifestRequest) => StaticPod, kubernetesVersion: string, changes: Partial<ClusterConfig> = {}) =>
  build(request({ kubernetesVersion, ...changes }));
const etcd = (base: ManifestRequest) => etcdPod(base, base.config.cluster.etcd.local ?? local);

describe('older minors', () => {
  test.each([
    ['v1.21.0', '0', '0'],
    ['v1.22.0', undefined, '0'],
    ['v1.23.0', undefined, undefined],
  ])('%s: insecure ports are closed by %s and %s', (version, apiserver, others) => {
    expect(argOf(pod(kubeApiserver, version), 'insecure-port')).toBe(apiserver);
    expect(argOf(pod(kubeScheduler, version), 'port')).toBe(others);
    expect(argOf(pod(kubeControllerManager, version), 'port')).toBe(others);
  });

  test.each([
    ['v1.20.0', undefined, undefined],
    ['v1.23.7', 'true', undefined],
    ['v1.25.0', 'true', '5s'],
    ['v1.33.0', 'true', '5s'],
    ['v1.34.0', undefined, undefined],
  ])('%s: experimental flags of etcd', (version, check, interval) => {
    expect(argOf(pod(etcd, version), 'experimental-initial-corrupt-check')).toBe(check);
    expect(argOf(pod(etcd, version), 'experimental-watch-progress-notify-interval')).toBe(interval);
  });

  test('1.34 asks which etcd it is, 1.36 does not', () => {
    const old = { etcd: { local: { ...local, imageTag: '3.5.24-0' } } };
    expect(argOf(pod(etcd, 'v1.34.0', old), 'feature-gates')).toBeUndefined();
    expect(argOf(pod(etcd, 'v1.34.0'), 'feature-gates')).toBe('InitialCorruptCheck=true');
    expect(argOf(pod(etcd, 'v1.36.0', old), 'feature-gates')).toBe('InitialCorruptCheck=true');
  });

  test.each([
    ['v1.24.0', '/health', '/health', undefined],
    ['v1.25.0', '/health?exclude=NOSPACE&serializable=true', '/health?serializable=false', undefined],
    ['v1.31.0', '/livez', '/readyz', '/readyz'],
  ])('%s: probes of etcd', (version, liveness, ...[startup, readiness]) => {
    const container = containerOf(pod(etcd, version));
    expect(container.livenessProbe?.httpGet.path).toBe(liveness);
    expect(container.startupProbe?.httpGet.path).toBe(startup);
    expect(container.readinessProbe?.httpGet.path).toBe(readiness);
  });

  test.each([
    ['v1.31.0', '/healthz', undefined],
    ['v1.32.0', '/livez', '/readyz'],
  ])('%s: probes of the scheduler', (version, liveness, readiness) => {
    const container = containerOf(pod(kubeScheduler, version));
    expect([container.livenessProbe?.httpGet.path, container.readinessProbe?.httpGet.path]).toEqual([liveness, readiness]);
  });

  test('before 1.34 probes carry the port and objects a null time', () => {
    const old = pod(kubeScheduler, 'v1.33.0');
    expect(containerOf(old).ports).toBeUndefined();
    expect(containerOf(old).livenessProbe?.httpGet.port).toBe(10_259);
    expect(old.metadata.creationTimestamp).toBeNull();
    const later = pod(kubeScheduler, 'v1.34.0');
    expect(containerOf(later).ports).toEqual([{ containerPort: 10_259, name: 'probe-port', protocol: 'TCP' }]);
    expect(later.metadata).not.toHaveProperty('creationTimestamp');
  });

  test('before 1.36 the merged arguments are sorted and flex volumes are mounted', () => {
    const extraArgs = [
      { name: 'v', value: '4' },
      { name: 'flex-volume-plugin-dir', value: '/flex' },
    ];
    const changes = { controllerManager: { ...component, extraArgs } };
    const old = pod(kubeControllerManager, 'v1.34.0', changes);
    expect(argsOf(old)).toEqual(argsOf(old).toSorted());
    expect(volumesOf(old).find(({ name }) => name === 'flexvolume-dir')?.hostPath.path).toBe('/flex');
    const now = pod(kubeControllerManager, 'v1.36.0', changes);
    expect(argsOf(now).slice(-2)).toEqual(['--v=4', '--flex-volume-plugin-dir=/flex']);
    expect(volumesOf(now).map(({ name }) => name)).not.toContain('flexvolume-dir');
  });

  test.each([
    ['v1.21.0', undefined, undefined],
    ['v1.22.0', 'RuntimeDefault', undefined],
    ['v1.27.0', 'RuntimeDefault', 2_000_001_000],
  ])('%s: seccomp profile and priority', (version, type, priority) => {
    const { spec } = pod(kubeScheduler, version);
    expect((spec.securityContext?.seccompProfile as { type: string } | undefined)?.type).toBe(type);
    expect(spec.priority).toBe(priority);
  });
});
