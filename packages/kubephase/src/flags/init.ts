/** The flags of `init`: which there are, where they stand, and which fields of the configuration they set. */
import type { FieldTable } from './fields.ts';
import type { FlagName } from './flags.ts';

/** Flags of `init` itself; phases bring the others to their sub-commands. */
export const initMainFlags = [
  'allow-unknown-version',
  'apiserver-advertise-address',
  'apiserver-bind-port',
  'apiserver-cert-extra-sans',
  'cert-dir',
  'certificate-key',
  'config',
  'control-plane-endpoint',
  'cri-socket',
  'dry-run',
  'feature-gates',
  'ignore-preflight-errors',
  'image-repository',
  'kubernetes-version',
  'node-name',
  'patches',
  'pod-network-cidr',
  'service-cidr',
  'service-dns-domain',
  'skip-certificate-key-print',
  'skip-token-print',
  'strict',
  'token',
  'token-ttl',
  'upload-certs',
  'wait-for-lock',
] as const satisfies readonly FlagName[];

/** Every flag that a command of `init` has. */
export const initOffers: readonly FlagName[] = [
  ...initMainFlags,
  'apiserver-extra-args',
  'controller-manager-extra-args',
  'kubeconfig',
  'kubeconfig-dir',
  'print-manifest',
  'scheduler-extra-args',
];

/** Flags that the run is opened with: the command of every phase takes them, of extra ones too. */
export const initPhaseFlags = [
  'config',
  'dry-run',
  'strict',
  'allow-unknown-version',
  'wait-for-lock',
] as const satisfies readonly FlagName[];

export const initFields = {
  fields: {
    'apiserver-advertise-address': 'InitConfiguration.localAPIEndpoint.advertiseAddress',
    'apiserver-bind-port': 'InitConfiguration.localAPIEndpoint.bindPort',
    'apiserver-cert-extra-sans': 'ClusterConfiguration.apiServer.certSANs',
    'apiserver-extra-args': 'ClusterConfiguration.apiServer.extraArgs',
    'cert-dir': 'ClusterConfiguration.certificatesDir',
    'certificate-key': 'InitConfiguration.certificateKey',
    'control-plane-endpoint': 'ClusterConfiguration.controlPlaneEndpoint',
    'controller-manager-extra-args': 'ClusterConfiguration.controllerManager.extraArgs',
    'cri-socket': 'InitConfiguration.nodeRegistration.criSocket',
    'feature-gates': 'ClusterConfiguration.featureGates',
    'image-repository': 'ClusterConfiguration.imageRepository',
    'kubernetes-version': 'ClusterConfiguration.kubernetesVersion',
    'node-name': 'InitConfiguration.nodeRegistration.name',
    patches: 'InitConfiguration.patches.directory',
    'pod-network-cidr': 'ClusterConfiguration.networking.podSubnet',
    'scheduler-extra-args': 'ClusterConfiguration.scheduler.extraArgs',
    'service-cidr': 'ClusterConfiguration.networking.serviceSubnet',
    'service-dns-domain': 'ClusterConfiguration.networking.dnsDomain',
    token: 'InitConfiguration.bootstrapTokens.0.token',
    'token-ttl': 'InitConfiguration.bootstrapTokens.0.ttl',
  },
  besideFile: ['node-name'],
} as const satisfies FieldTable & { readonly fields: Readonly<Partial<Record<FlagName, string>>> };
