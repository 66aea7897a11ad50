/** Documents of v1beta4, one schema for each kind. */
import * as v from 'valibot';
import { apiEndpoint, controlPlaneComponent, dns, etcd, networking, nodeRegistration, patches, proxy, timeouts } from './v1beta4-parts.ts';
import { encryptionAlgorithms, imagePullPolicies, tokenUsages, unmountFlags } from '../vocabulary.ts';
import { documentOf, duration, flag, flagMap, int32, list, nested, text, texts, time, token, word, wordList } from './field.ts';

export const bootstrapToken = v.object({
  token: token('The token, id.secret; a random one when absent.'),
  description: text('What the token is for.'),
  ttl: duration('Lifetime from creation; 0 for ever. Default 24h. Excludes expires.'),
  expires: time('Moment when the token ends. Excludes ttl.'),
  usages: wordList('What the token may do. Default: both.', tokenUsages),
  groups: texts('Groups of a client that uses the token. Default: system:bootstrappers:kubeadm:default-node-token.'),
});

export const initConfiguration = documentOf({
  bootstrapTokens: list(bootstrapToken, 'Tokens to create. Default: a random one.'),
  dryRun: flag('Change nothing; show what would be done.'),
  nodeRegistration: nested(nodeRegistration, 'How this node is registered.'),
  localAPIEndpoint: nested(apiEndpoint, 'Address and port of the API server of this node.'),
  certificateKey: text('Key that encrypts uploaded certificates: 64 hex digits.'),
  skipPhases: texts('Phases to leave out, such as addon/kube-proxy.'),
  patches: nested(patches, 'Patches for static Pods and the kubelet.'),
  timeouts: nested(timeouts, 'How long to wait for what.'),
});

/** As the user gave it: every field may be missing. Older versions are converted to this form. */
export type GivenInit = v.InferOutput<typeof initConfiguration>;
export type GivenToken = v.InferOutput<typeof bootstrapToken>;

const certSANs = texts("Further DNS names and IP addresses of the API server's certificate.");

export const clusterConfiguration = documentOf({
  etcd: nested(etcd, 'Where etcd runs: local (the default) or external.'),
  networking: nested(networking, 'Networks of the cluster.'),
  kubernetesVersion: text('Version of the control plane, such as v1.36.2, or a label such as stable-1. Default stable-1.'),
  controlPlaneEndpoint: text('Stable address of the control plane, host[:port], such as that of a load balancer.'),
  apiServer: nested(v.object({ ...controlPlaneComponent.entries, certSANs }), 'Settings of the API server.'),
  controllerManager: nested(controlPlaneComponent, 'Settings of the controller manager.'),
  scheduler: nested(controlPlaneComponent, 'Settings of the scheduler.'),
  dns: nested(dns, 'Settings of the add-on CoreDNS.'),
  proxy: nested(proxy, 'Settings of the add-on kube-proxy.'),
  certificatesDir: text('Folder of certificates and keys. Default /etc/kubernetes/pki.'),
  imageRepository: text('Registry of the control plane images. Default registry.k8s.io.'),
  featureGates: flagMap("The tool's own feature gates, by name."),
  clusterName: text('Name of the cluster in kubeconfig files. Default kubernetes.'),
  encryptionAlgorithm: word('Algorithm of keys that are made. Default RSA-2048.', encryptionAlgorithms),
  certificateValidityPeriod: duration('Lifetime of certificates that are no authorities. Default 8760h (a year).'),
  caCertificateValidityPeriod: duration('Lifetime of authorities. Default 87600h (ten years).'),
});

/** As the user gave it: every field may be missing. Older versions are converted to this form. */
export type GivenCluster = v.InferOutput<typeof clusterConfiguration>;

export const tokenDiscovery = v.object({
  token: text('Token, id.secret, that proves that cluster-info is genuine.'),
  apiServerEndpoint: text('Address of an API server, host:port.'),
  caCertHashes: texts('Pins of the CA certificate: sha256: and the hex digest of its public key.'),
  unsafeSkipCAVerification: flag('Trust any CA. Unsafe: a man in the middle goes unnoticed.'),
});

export const discovery = v.object({
  bootstrapToken: nested(tokenDiscovery, 'Discovery by a token. Excludes file.'),
  file: nested(
    v.object({ kubeConfigPath: text('Path, or https URL, of a kubeconfig with address and CA of the cluster.') }),
    'Discovery by a file. Excludes bootstrapToken.',
  ),
  tlsBootstrapToken: text("Token of the kubelet's TLS bootstrap; that of the discovery when absent."),
});

const controlPlane = v.object({
  localAPIEndpoint: nested(apiEndpoint, 'Address and port of the API server of this node.'),
  certificateKey: text('Key that decrypts the uploaded certificates: 64 hex digits.'),
});

export const joinConfiguration = documentOf({
  dryRun: flag('Change nothing; show what would be done.'),
  nodeRegistration: nested(nodeRegistration, 'How this node is registered.'),
  caCertPath: text('Where the CA certificate is written on a worker. Default /etc/kubernetes/pki/ca.crt.'),
  discovery: nested(discovery, 'How the cluster is found and trusted: by a token or by a file.'),
  controlPlane: nested(controlPlane, 'Present: join as a control plane node. An empty mapping is enough.'),
  skipPhases: texts('Phases to leave out.'),
  patches: nested(patches, 'Patches for static Pods and the kubelet.'),
  timeouts: nested(timeouts, 'How long to wait for what.'),
});

/** As the user gave it: every field may be missing. Older versions are converted to this form. */
export type GivenJoin = v.InferOutput<typeof joinConfiguration>;

export const resetConfiguration = documentOf({
  cleanupTmpDir: flag('Empty /etc/kubernetes/tmp too.'),
  certificatesDir: text('Folder of certificates and keys to clean; that of the cluster, else /etc/kubernetes/pki, when absent.'),
  criSocket: text('Socket of the container runtime; that of the node, else found by itself, when absent.'),
  dryRun: flag('Change nothing; show what would be done.'),
  force: flag('Do not ask.'),
  ignorePreflightErrors: texts('Checks whose errors only warn; the word all means every check.'),
  skipPhases: texts('Phases to leave out.'),
  unmountFlags: wordList('Flags of umount2(2) for folders of the kubelet.', unmountFlags),
  timeouts: nested(timeouts, 'How long to wait for what.'),
});

/** As the user gave it: every field may be missing. */
export type GivenReset = v.InferOutput<typeof resetConfiguration>;

const kubernetesVersion = text('Version to upgrade to.');
const allowExperimentalUpgrades = flag('Allow alpha and beta versions.');
const allowRCUpgrades = flag('Allow release candidates.');
const certificateRenewal = flag('Renew certificates. Default true.');
const dryRun = flag('Change nothing; show what would be done.');
const etcdUpgrade = flag('Upgrade etcd. Default true.');
const ignorePreflightErrors = texts('Checks whose errors only warn; the word all means every check.');
const printConfig = flag('Print the configuration of the cluster.');

const node = v.object({
  certificateRenewal,
  dryRun,
  etcdUpgrade,
  ignorePreflightErrors,
  patches: nested(patches, 'Patches for static Pods and the kubelet; the folder has to be absolute.'),
  skipPhases: texts('Phases to leave out.'),
  imagePullPolicy: word('When images are pulled before the upgrade. Default IfNotPresent.', imagePullPolicies),
  imagePullSerial: flag('Pull images one after the other. Default true.'),
});

const apply = v.object({
  ...node.entries,
  kubernetesVersion,
  allowExperimentalUpgrades,
  allowRCUpgrades,
  forceUpgrade: flag('Upgrade although requirements are not met, and do not ask.'),
  printConfig,
});

const diff = v.object({ kubernetesVersion, contextLines: int32('Lines shown round a difference. Default 3.') });

const plan = v.object({
  kubernetesVersion,
  allowExperimentalUpgrades,
  allowRCUpgrades,
  dryRun,
  etcdUpgrade,
  ignorePreflightErrors,
  printConfig,
});

export const upgradeConfiguration = documentOf({
  apply: nested(apply, 'Settings of upgrade apply.'),
  diff: nested(diff, 'Settings of upgrade diff.'),
  node: nested(node, 'Settings of upgrade node.'),
  plan: nested(plan, 'Settings of upgrade plan.'),
  timeouts: nested(timeouts, 'How long to wait for what.'),
});

/** As the user gave it: every field may be missing. */
export type GivenUpgrade = v.InferOutput<typeof upgradeConfiguration>;
export type GivenUpgradeNode = v.InferOutput<typeof node>;
export type GivenUpgradeApply = v.InferOutput<typeof apply>;
