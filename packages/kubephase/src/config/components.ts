/** Component configurations: the document of the user with the values that a cluster made by this tool needs. */
import { isMapping } from '../formats/data/mapping.ts';
import { addressAt, ipFamily, parseCidr } from '../formats/net/address.ts';
import type { Traits } from '../releases/release.ts';
import type { ConfigDocument } from './documents.ts';
import type { Reporter } from './findings.ts';
import type { ClusterConfig, ComponentConfig, JsonObject, JsonValue } from './types.ts';
import { describeType } from '../formats/data/type-word.ts';
import { componentKinds, type ComponentKind } from './vocabulary.ts';

interface CheckOptions {
  /** Of the target, such as `1.36`; undefined when nothing names one. */
  readonly minor: string | undefined;
  readonly reporter: Reporter;
}

/** Reports fields that components of the minor do not have, and values of a wrong type. Without a document nothing is loaded. */
export async function checkComponents(
  documents: readonly (ConfigDocument | undefined)[],
  { minor, reporter }: CheckOptions,
): Promise<void> {
  const given = documents.filter((document) => document !== undefined);
  if (given.length === 0) return;
  const { checkComponent } = await import('./component-fields.ts');
  for (const document of given) checkComponent(document, minor, reporter);
}

interface KubeletSurroundings {
  readonly cluster: ClusterConfig;
  readonly traits: Pick<Traits, 'kubeletZeroFields' | 'systemdCgroupDriver'>;
  readonly reporter: Reporter;
}

/** Values that depend on the machine (resolvConf, the container runtime's socket) are added when the file is written. */
export function completeKubelet(given: ConfigDocument | undefined, { cluster, traits, reporter }: KubeletSurroundings): ComponentConfig {
  const start = startDocument(componentKinds[0], given, traits.kubeletZeroFields);
  const driver: readonly Recommendation[] = traits.systemdCgroupDriver ? [{ path: ['cgroupDriver'], value: 'systemd', quiet: true }] : [];
  const document = recommend(start, [...kubeletRecommendations(cluster), ...driver], reporter);
  // kubeadm never lets the kubelet's client certificate run out, whatever the document says.
  return { document: { ...document, rotateCertificates: true }, userSupplied: given !== undefined };
}

function kubeletRecommendations(cluster: ClusterConfig): readonly Recommendation[] {
  return [
    { path: ['staticPodPath'], value: '/etc/kubernetes/manifests' },
    { path: ['clusterDNS'], value: [dnsAddress(cluster.networking.serviceSubnet)] },
    { path: ['clusterDomain'], value: cluster.networking.dnsDomain },
    { path: ['authentication', 'x509', 'clientCAFile'], value: `${cluster.certificatesDir}/ca.crt` },
    { path: ['authentication', 'anonymous', 'enabled'], value: false },
    { path: ['authorization', 'mode'], value: 'Webhook' },
    { path: ['authentication', 'webhook', 'enabled'], value: true },
    { path: ['healthzBindAddress'], value: '127.0.0.1' },
    { path: ['healthzPort'], value: 10_248 },
    { path: ['readOnlyPort'], value: 0, leaveUnset: true },
  ];
}

/** The tenth address of the first service range. The constant only shows up in configurations that are refused anyway. */
function dnsAddress(serviceSubnet: string): string {
  const range = parseCidr(serviceSubnet.split(',')[0] ?? '');
  return (range === undefined ? undefined : addressAt(range, 10)) ?? '10.96.0.10';
}

interface KubeProxySurroundings {
  readonly cluster: ClusterConfig;
  readonly advertiseAddress: string;
  readonly traits: Pick<Traits, 'kubeProxyZeroFields'>;
  readonly reporter: Reporter;
}

export function completeKubeProxy(given: ConfigDocument | undefined, surroundings: KubeProxySurroundings): ComponentConfig {
  const { cluster, advertiseAddress, traits, reporter } = surroundings;
  const { podSubnet } = cluster.networking;
  const start = startDocument(componentKinds[1], given, traits.kubeProxyZeroFields);
  const document = recommend(
    start,
    [
      { path: ['bindAddress'], value: ipFamily(advertiseAddress) === 4 ? '0.0.0.0' : '::' },
      { path: ['clusterCIDR'], value: podSubnet, quiet: podSubnet === '' },
      { path: ['clientConnection', 'kubeconfig'], value: '/var/lib/kube-proxy/kubeconfig.conf' },
    ],
    reporter,
  );
  return { document, userSupplied: given !== undefined };
}

/** A field that the tool fills in when it is unset (absent, null, or an empty text). */
interface Recommendation {
  readonly path: readonly string[];
  readonly value: JsonValue;
  /** Only warn about another value; the field stays away when it is unset. */
  readonly leaveUnset?: boolean;
  /** Fill in without warning about another value. */
  readonly quiet?: boolean;
}

/** Returns the user's document over the zero values that components of the minor print. */
function startDocument(kind: ComponentKind, given: ConfigDocument | undefined, zeroFields: Readonly<Record<string, unknown>>): JsonObject {
  const named = { apiVersion: `${kind.group}/${kind.version}`, kind: kind.kind };
  return merge(merge(zeroFields as JsonObject, withoutNulls(given?.data ?? {}) as JsonObject), named);
}

/** Fills in what is unset; reports other values. The user's values are kept. */
function recommend(document: JsonObject, recommendations: readonly Recommendation[], reporter: Reporter): JsonObject {
  return recommendations.reduce((current, recommendation) => recommendOne(current, recommendation, reporter), document);
}

function recommendOne(document: JsonObject, recommendation: Recommendation, reporter: Reporter): JsonObject {
  const { path, value, leaveUnset, quiet } = recommendation;
  const kind = typeof document['kind'] === 'string' ? document['kind'] : '';
  const given = lookUp(document, path);
  if (given === undefined || given === null || given === '') return leaveUnset === true ? document : setAt(document, path, value);
  // A value of a wrong type has a report of its own.
  if (describeType(given) === describeType(value) && quiet !== true && JSON.stringify(given) !== JSON.stringify(value)) {
    reporter.warn('CONFIG_COMPONENT_OVERRIDE', [kind, ...path], {
      summary: `the recommended value for "${path.join('.')}" in "${kind}" is ${JSON.stringify(value)}; the value given is ${JSON.stringify(given)}`,
      remedy: 'The value given is used. Remove the field to get the recommended value.',
    });
  }
  return document;
}

/** The value at `path`, or what stands in the way of it. */
function lookUp(document: JsonObject, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const key of path) {
    if (value === undefined || value === null || !isMapping(value)) return value;
    value = value[key];
  }
  return value;
}

function setAt(document: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  return merge(document, path.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value) as JsonObject);
}

/** `over` wins; mappings are merged key by key, everything else is replaced. */
function merge(under: JsonObject, over: JsonObject): JsonObject {
  const merged = Object.entries(over).map(([key, value]): [string, JsonValue] => {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    return [key, isMapping(below) && isMapping(value) ? merge(below, value) : value];
  });
  return Object.fromEntries([...Object.entries(under), ...merged]);
}

/** Null is Go's word for unset. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutNulls(member)]));
}
