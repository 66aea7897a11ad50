/** The static Pod of a local etcd. */
import type { LocalEtcd } from '../../config/types.ts';
import { ipFamily, joinHostPort } from '../../formats/net/address.ts';
import type { Traits } from '../../releases/release.ts';
import { etcdImage, etcdTag } from '../images.ts';
import { lastValue, mergeArguments, mergeEnvironment, metricsTarget, probesOf, type Defaults, type ProbePaths } from './container.ts';
import { directory, mountOf, staticPod, volumeOf, type ManifestRequest, type StaticPod, type Volumes } from './pod.ts';

export const etcdClientPort = 2379;
const etcdPeerPort = 2380;
const etcdMetricsPort = 2381;

/** Loopback address of the family of the advertise address. */
export function localAddress(advertiseAddress: string): '127.0.0.1' | '::1' {
  return ipFamily(advertiseAddress) === 6 ? '::1' : '127.0.0.1';
}

const probePaths: Readonly<Record<Traits['etcdProbes'], ProbePaths>> = {
  'livez-readyz': { liveness: '/livez', readiness: '/readyz', startup: '/readyz' },
  // Liveness looks at this member only and at no full disk; the start waits for the whole cluster.
  serializable: { liveness: '/health?exclude=NOSPACE&serializable=true', startup: '/health?serializable=false' },
  health: { liveness: '/health', startup: '/health' },
};

/** The Pod of the first member of a new cluster; `etcd` is the configuration's `etcd.local`. */
export function etcdPod({ config, release }: Omit<ManifestRequest, 'facts'>, etcd: LocalEtcd): StaticPod {
  const { cluster, timeouts } = config;
  const { advertiseAddress } = config.localAPIEndpoint;
  const { traits } = release;
  const metrics = { host: localAddress(advertiseAddress), port: etcdMetricsPort, scheme: 'HTTP' } as const;
  const defaults = {
    ...addressArguments(advertiseAddress, config.nodeRegistration.name),
    ...certificateArguments(`${cluster.certificatesDir}/etcd`),
    ...corruptionArguments(traits, etcdTag(cluster, release)),
    'data-dir': etcd.dataDir,
    'snapshot-count': '10000',
  };
  return staticPod({
    name: 'etcd',
    traits,
    annotations: { 'kubeadm.kubernetes.io/etcd.advertise-client-urls': url(advertiseAddress, etcdClientPort) },
    image: etcdImage(cluster, release),
    args: mergeArguments(defaults, etcd.extraArgs, traits.extraArguments),
    env: mergeEnvironment(etcd.extraEnvs),
    requests: { cpu: '100m', ...(traits.etcdEphemeralStorage ? { 'ephemeral-storage': '100Mi' } : {}), memory: '100Mi' },
    probes: probesOf({
      target: metricsTarget(lastValue(etcd.extraArgs, 'listen-metrics-urls'), metrics),
      paths: probePaths[traits.etcdProbes],
      named: traits.namedProbePort,
      startMs: timeouts.controlPlaneComponentHealthCheckMs,
    }),
    volumes: volumesOf(etcd.dataDir, `${cluster.certificatesDir}/etcd`),
  });
}

function addressArguments(advertiseAddress: string, nodeName: string): Defaults {
  const local = localAddress(advertiseAddress);
  const peer = url(advertiseAddress, etcdPeerPort);
  return {
    name: nodeName,
    'advertise-client-urls': url(advertiseAddress, etcdClientPort),
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `${nodeName}=${peer}`,
    'listen-client-urls': `${url(local, etcdClientPort)},${url(advertiseAddress, etcdClientPort)}`,
    'listen-metrics-urls': `http://${joinHostPort(local, etcdMetricsPort)}`,
    'listen-peer-urls': peer,
  };
}

function certificateArguments(pki: string): Defaults {
  return {
    'cert-file': `${pki}/server.crt`,
    'client-cert-auth': 'true',
    'key-file': `${pki}/server.key`,
    'peer-cert-file': `${pki}/peer.crt`,
    'peer-client-cert-auth': 'true',
    'peer-key-file': `${pki}/peer.key`,
    'peer-trusted-ca-file': `${pki}/ca.crt`,
    'trusted-ca-file': `${pki}/ca.crt`,
  };
}

const corruptCheck = { 'experimental-initial-corrupt-check': 'true' };

/** The check for corrupt data at the start, and how often clients hear of progress. etcd 3.6 dropped the first names. */
const etcdFlags: Readonly<Record<Exclude<Traits['etcdFlags'], 'by-etcd-version'>, Defaults>> = {
  none: {},
  'corrupt-check': corruptCheck,
  experimental: { ...corruptCheck, 'experimental-watch-progress-notify-interval': '5s' },
  'feature-gates': { 'feature-gates': 'InitialCorruptCheck=true', 'watch-progress-notify-interval': '5s' },
};

function corruptionArguments(traits: Traits, tag: string): Defaults {
  const byVersion = /^v?3\.[0-5]\./.test(tag) ? 'experimental' : 'feature-gates';
  return etcdFlags[traits.etcdFlags === 'by-etcd-version' ? byVersion : traits.etcdFlags];
}

/** Volumes are sorted by name, mounts are not: kubeadm writes them so. */
function volumesOf(dataDir: string, pki: string): Volumes {
  const data = directory('etcd-data', dataDir, 'read-write');
  const certificates = directory('etcd-certs', pki, 'read-write');
  return { volumes: [volumeOf(certificates), volumeOf(data)], volumeMounts: [mountOf(data), mountOf(certificates)] };
}

function url(host: string, port: number): string {
  return `https://${joinHostPort(host, port)}`;
}
