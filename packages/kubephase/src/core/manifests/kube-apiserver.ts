/** The static Pod of kube-apiserver. */
import { dirname } from 'node:path/posix';
import type { Argument, ClusterConfig, ExternalEtcd, HostPathMount } from '../../config/types.ts';
import { joinHostPort } from '../../formats/net/address.ts';
import { controlPlaneImage } from '../images.ts';
import { lastValue, mergeArguments, mergeEnvironment, probesOf, type Defaults } from './container.ts';
import { etcdClientPort, localAddress } from './etcd.ts';
import { caDirectories, directory, mergeVolumes, staticPod, type ManifestRequest, type StaticPod, type Volumes } from './pod.ts';

const name = 'kube-apiserver';

export function kubeApiserver(request: ManifestRequest): StaticPod {
  const { config, release, facts } = request;
  const { advertiseAddress, bindPort } = config.localAPIEndpoint;
  const { apiServer } = config.cluster;
  return staticPod({
    name,
    traits: release.traits,
    annotations: { [`kubeadm.kubernetes.io/${name}.advertise-address.endpoint`]: joinHostPort(advertiseAddress, bindPort) },
    image: controlPlaneImage(config.cluster, release, name),
    args: mergeArguments(defaults(request), apiServer.extraArgs, release.traits.extraArguments),
    env: mergeEnvironment(facts.proxyVariables, apiServer.extraEnvs),
    requests: { cpu: '250m' },
    probes: probesOf({
      target: { host: advertiseAddress, port: bindPort, scheme: 'HTTPS' },
      paths: { liveness: '/livez', readiness: '/readyz', startup: '/livez' },
      named: release.traits.namedProbePort,
      startMs: config.timeouts.controlPlaneComponentHealthCheckMs,
    }),
    volumes: volumesOf(request),
  });
}

function defaults({ config, release }: ManifestRequest): Defaults {
  const { cluster, localAPIEndpoint } = config;
  const pki = cluster.certificatesDir;
  return {
    'advertise-address': localAPIEndpoint.advertiseAddress,
    'allow-privileged': 'true',
    'authorization-mode': authorizationMode(cluster.apiServer.extraArgs),
    'client-ca-file': `${pki}/ca.crt`,
    'enable-admission-plugins': 'NodeRestriction',
    'enable-bootstrap-token-auth': 'true',
    'insecure-port': release.traits.apiserverInsecurePortFlag ? '0' : undefined,
    'kubelet-client-certificate': `${pki}/apiserver-kubelet-client.crt`,
    'kubelet-client-key': `${pki}/apiserver-kubelet-client.key`,
    'kubelet-preferred-address-types': 'InternalIP,ExternalIP,Hostname',
    'proxy-client-cert-file': `${pki}/front-proxy-client.crt`,
    'proxy-client-key-file': `${pki}/front-proxy-client.key`,
    'requestheader-allowed-names': 'front-proxy-client',
    'requestheader-client-ca-file': `${pki}/front-proxy-ca.crt`,
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-username-headers': 'X-Remote-User',
    'secure-port': String(localAPIEndpoint.bindPort),
    'service-account-issuer': `https://kubernetes.default.svc.${cluster.networking.dnsDomain}`,
    'service-account-key-file': `${pki}/sa.pub`,
    'service-account-signing-key-file': `${pki}/sa.key`,
    'service-cluster-ip-range': cluster.networking.serviceSubnet,
    'tls-cert-file': `${pki}/apiserver.crt`,
    'tls-private-key-file': `${pki}/apiserver.key`,
    ...etcdArguments(cluster, localAPIEndpoint.advertiseAddress),
  };
}

/** Each API server uses the etcd of its own node only, or the external one. */
function etcdArguments({ etcd, certificatesDir }: ClusterConfig, advertiseAddress: string): Defaults {
  if (etcd.external !== undefined) {
    const { endpoints, caFile, certFile, keyFile } = etcd.external;
    const pair = certFile !== '' && keyFile !== '';
    return {
      'etcd-servers': endpoints.join(','),
      'etcd-cafile': caFile || undefined,
      'etcd-certfile': pair ? certFile : undefined,
      'etcd-keyfile': pair ? keyFile : undefined,
    };
  }
  const own = `https://${joinHostPort(localAddress(advertiseAddress), etcdClientPort)}`;
  return {
    'etcd-servers': lastValue(etcd.local.extraArgs, 'advertise-client-urls') ?? own,
    'etcd-cafile': `${certificatesDir}/etcd/ca.crt`,
    'etcd-certfile': `${certificatesDir}/apiserver-etcd-client.crt`,
    'etcd-keyfile': `${certificatesDir}/apiserver-etcd-client.key`,
  };
}

function volumesOf({ config, release, facts }: ManifestRequest): Volumes {
  const { certificatesDir, etcd, apiServer } = config.cluster;
  const mounted = ['/etc/ssl/certs', ...release.traits.caDirectories, certificatesDir];
  const etcdDirectories = etcd.external === undefined ? [] : etcdClientDirectories(etcd.external, mounted);
  return mergeVolumes(
    [directory('k8s-certs', certificatesDir), ...caDirectories(facts.caDirectories), ...etcdDirectories],
    apiServer.extraVolumes,
  );
}

const defaultAuthorizationModes = 'Node,RBAC';

const known = new Set(['Node', 'RBAC', 'Webhook', 'ABAC', 'AlwaysAllow', 'AlwaysDeny']);

/** The default of `--authorization-mode`: none when the user has a structured configuration instead. */
function authorizationMode(extraArgs: readonly Argument[]): string | undefined {
  return lastValue(extraArgs, 'authorization-config') === undefined ? defaultAuthorizationModes : undefined;
}

/** What is unusual about the modes that the user asks for. They are passed on as they are all the same. */
export function authorizationWarnings(extraArgs: readonly Argument[]): readonly string[] {
  const value = lastValue(extraArgs, 'authorization-mode');
  if (value === undefined || value === '' || authorizationMode(extraArgs) === undefined) return [];
  const modes = value.split(',');
  const valid = modes.filter((mode) => known.has(mode));
  const unknown = modes
    .filter((mode) => !known.has(mode))
    .map((mode) => `kube-apiserver knows no authorization mode "${mode}"; it is passed on`);
  const usual = valid.length === 0 || valid.join(',') === defaultAuthorizationModes;
  return usual
    ? unknown
    : [...unknown, `kube-apiserver uses the authorization modes "${valid.join(',')}" instead of "${defaultAuthorizationModes}"`];
}

/**
 * Returns a mount for each folder that holds one of the three files and is not below a folder in `mounted` or below
 * another of them. kubeadm compares the texts of paths, so that it takes `/etc/etcd2` for a part of
 * `/etc/etcd` and leaves it out; here whole path segments are compared.
 */
export function etcdClientDirectories(etcd: ExternalEtcd, mounted: readonly string[]): readonly HostPathMount[] {
  const candidates = [etcd.caFile, etcd.certFile, etcd.keyFile].filter((file) => file !== '').map((file) => dirname(file));
  const free = [...new Set(candidates)].filter((path) => !mounted.some((parent) => contains(parent, path)));
  const outermost = free.filter((path) => !free.some((parent) => parent !== path && contains(parent, path)));
  return outermost.sort().map((path, index) => directory(`etcd-certs-${index}`, path));
}

function contains(parent: string, path: string): boolean {
  return path === parent || path.startsWith(parent.endsWith('/') ? parent : `${parent}/`);
}
