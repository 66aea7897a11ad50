/** The cluster with its defaults: components, etcd, networks, and the stable address of the control plane. */
import { canonicalIp, joinHostPort } from '../../formats/net/address.ts';
import { dnsSubdomainRule, isDnsSubdomain, isPort, splitHostPort } from '../../formats/net/host.ts';
import type { Reporter } from '../findings.ts';
import type { GivenComponent, GivenEtcd } from '../schema/v1beta4-parts.ts';
import type { GivenCluster } from '../schema/v1beta4.ts';
import type {
  Argument,
  ClusterConfig,
  ControlPlaneComponent,
  EncryptionAlgorithm,
  EnvVar,
  Etcd,
  ExternalEtcd,
  HostPathMount,
  LocalEtcd,
} from '../types.ts';
import { encryptionAlgorithms } from '../vocabulary.ts';
import { defaults, durationOr, textOr } from './values.ts';
import type { Target } from './version.ts';

interface ClusterSurroundings {
  readonly target: Target;
  readonly bindPort: number;
  readonly reporter: Reporter;
}

export function completeCluster(given: GivenCluster, { target, bindPort, reporter }: ClusterSurroundings): ClusterConfig {
  const featureGates = given.featureGates ?? {};
  return {
    etcd: completeEtcd(given.etcd),
    networking: completeNetworking(given.networking),
    kubernetesVersion: target.version,
    ...(target.ciVersion === undefined ? {} : { ciKubernetesVersion: target.ciVersion }),
    controlPlaneEndpoint: completeEndpoint(given.controlPlaneEndpoint, bindPort, reporter),
    apiServer: completeApiServer(given.apiServer),
    controllerManager: completeComponent(given.controllerManager),
    scheduler: completeComponent(given.scheduler),
    dns: { ...imageOf(given.dns), disabled: given.dns?.disabled ?? false },
    proxy: { disabled: given.proxy?.disabled ?? false },
    certificatesDir: textOr(given.certificatesDir, defaults.certificatesDir),
    imageRepository: textOr(given.imageRepository, target.release.registry),
    featureGates,
    clusterName: textOr(given.clusterName, defaults.clusterName),
    encryptionAlgorithm: effectiveAlgorithm(given.encryptionAlgorithm, featureGates['PublicKeysECDSA']),
    certificateValidityPeriodMs: durationOr(given.certificateValidityPeriod, defaults.certificateValidityPeriodMs),
    caCertificateValidityPeriodMs: durationOr(given.caCertificateValidityPeriod, defaults.caCertificateValidityPeriodMs),
  };
}

function completeNetworking(given: GivenCluster['networking']): ClusterConfig['networking'] {
  return {
    serviceSubnet: textOr(given?.serviceSubnet, defaults.serviceSubnet),
    podSubnet: given?.podSubnet ?? '',
    dnsDomain: textOr(given?.dnsDomain, defaults.dnsDomain),
  };
}

function completeApiServer(given: GivenCluster['apiServer']): ClusterConfig['apiServer'] {
  return { ...completeComponent(given), certSANs: (given?.certSANs ?? []).map((name) => name.toLowerCase()) };
}

/** The deprecated gate decides when it is set. An unknown algorithm is reported by a rule of its own. */
function effectiveAlgorithm(given: string | null | undefined, gate: boolean | undefined): EncryptionAlgorithm {
  if (gate !== undefined) return gate ? 'ECDSA-P256' : 'RSA-2048';
  return encryptionAlgorithms.find((algorithm) => algorithm === given) ?? defaults.encryptionAlgorithm;
}

type List<T> = readonly T[] | null | undefined;
type Given<K extends keyof GivenComponent> = NonNullable<GivenComponent[K]>[number];

function completeComponent(given: GivenComponent | null | undefined): ControlPlaneComponent {
  return {
    extraArgs: toArguments(given?.extraArgs),
    extraVolumes: (given?.extraVolumes ?? []).map(toMount),
    extraEnvs: toEnvs(given?.extraEnvs),
  };
}

export function toArguments(given: List<Given<'extraArgs'>>): readonly Argument[] {
  return (given ?? []).map(({ name, value }) => ({ name: name ?? '', value: value ?? '' }));
}

function toEnvs(given: List<Given<'extraEnvs'>>): readonly EnvVar[] {
  return (given ?? []).map((env) => toEnv(env));
}

function toEnv({ name, value, valueFrom }: Given<'extraEnvs'>): EnvVar {
  return {
    name: name ?? '',
    // An empty value is none, as in Go.
    ...(value === null || value === undefined || value === '' ? {} : { value }),
    ...(valueFrom === null || valueFrom === undefined ? {} : { valueFrom: withFieldVersion(valueFrom) }),
  };
}

function toMount(given: Given<'extraVolumes'>): HostPathMount {
  const { name, hostPath, mountPath, readOnly, pathType } = given;
  return { name: name ?? '', hostPath: hostPath ?? '', mountPath: mountPath ?? '', readOnly: readOnly ?? false, pathType: pathType ?? '' };
}

/** The API server fills in the version of a field reference; a static Pod is compared before that. */
function withFieldVersion(valueFrom: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { fieldRef } = valueFrom;
  if (typeof fieldRef !== 'object' || fieldRef === null) return valueFrom;
  const { apiVersion } = fieldRef as { readonly apiVersion?: unknown };
  return typeof apiVersion === 'string' && apiVersion !== '' ? valueFrom : { ...valueFrom, fieldRef: { ...fieldRef, apiVersion: 'v1' } };
}

/** Local unless an external one is given. */
function completeEtcd(given: GivenEtcd | null | undefined): Etcd {
  const external = given?.external ?? undefined;
  return external === undefined ? { local: completeLocal(given?.local ?? {}) } : { external: completeExternal(external) };
}

function completeExternal(given: NonNullable<GivenEtcd['external']>): ExternalEtcd {
  const endpoints = given.endpoints ?? [];
  const httpEndpoints = given.httpEndpoints ?? [];
  return {
    endpoints,
    httpEndpoints: httpEndpoints.length === 0 ? endpoints : httpEndpoints,
    caFile: given.caFile ?? '',
    certFile: given.certFile ?? '',
    keyFile: given.keyFile ?? '',
  };
}

function completeLocal(given: NonNullable<GivenEtcd['local']>): LocalEtcd {
  return {
    ...imageOf(given),
    dataDir: textOr(given.dataDir, defaults.etcdDataDir),
    extraArgs: toArguments(given.extraArgs),
    extraEnvs: toEnvs(given.extraEnvs),
    serverCertSANs: given.serverCertSANs ?? [],
    peerCertSANs: given.peerCertSANs ?? [],
  };
}

interface GivenImage {
  readonly imageRepository?: string | null | undefined;
  readonly imageTag?: string | null | undefined;
}

/** Repository and tag of an image, each only when it is given. */
function imageOf(given: GivenImage | null | undefined): { readonly imageRepository?: string; readonly imageTag?: string } {
  const imageRepository = textOr(given?.imageRepository, '');
  const imageTag = textOr(given?.imageTag, '');
  return { ...(imageRepository === '' ? {} : { imageRepository }), ...(imageTag === '' ? {} : { imageTag }) };
}

const endpointField = ['ClusterConfiguration', 'controlPlaneEndpoint'];

/** Adds `bindPort` when the endpoint has no port. Empty when none is given. */
function completeEndpoint(given: string | null | undefined, bindPort: number, reporter: Reporter): string {
  const text = textOr(given, '');
  if (text === '') return '';
  const { host, port } = splitHostPort(text) ?? { host: text, port: '' };
  const address = canonicalIp(host);
  if (address === undefined && !isDnsSubdomain(host)) {
    reporter.invalid(endpointField, {
      value: text,
      detail: `the host "${host}" is neither an IP address nor a DNS name: ${dnsSubdomainRule}`,
    });
    return text;
  }
  if (port !== '' && !isPort(port)) {
    reporter.invalid(endpointField, { value: text, detail: `the port "${port}" is not a number from 1 to 65535` });
    return text;
  }
  // The host is kept as written: it ends up in kubeconfig files that other tools compare.
  return port === '' ? joinHostPort(host, bindPort) : text;
}
