/** Every flag of every command, once. Which command has which, and what a flag sets there, is told beside the command's own table. */
import { defineFlags, type ValuesOf } from 'phaserunner';

export const flags = defineFlags({
  'allow-deprecated-api': {
    type: 'boolean',
    description: 'Do not warn of API versions that are still read but no longer written',
  },
  'allow-experimental-api': {
    type: 'boolean',
    description: 'Read API versions that are not released yet; this release knows none',
  },
  'allow-missing-template-keys': {
    type: 'boolean',
    default: true,
    description: 'Let templates print nothing for a field that does not exist, instead of failing',
  },
  'allow-unknown-version': {
    type: 'boolean',
    description: 'Take the data of the nearest known release for a Kubernetes version that this tool does not know',
  },
  'apiserver-advertise-address': {
    type: 'string',
    placeholder: 'IP',
    description: 'IP address that the API server announces; the address of the default route when not given',
  },
  'apiserver-bind-port': {
    type: 'integer',
    placeholder: 'PORT',
    default: 6443,
    description: 'Port of the API server',
  },
  'apiserver-cert-extra-sans': {
    type: 'list',
    placeholder: 'NAME,…',
    description: "Further DNS names and IP addresses of the API server's certificate",
  },
  'apiserver-extra-args': {
    type: 'map',
    hidden: true,
    deprecated: 'use the configuration file or --patches',
    description: 'Further arguments of the API server, as name=value',
  },
  'cert-dir': {
    type: 'string',
    placeholder: 'DIR',
    default: '/etc/kubernetes/pki',
    description: 'Folder of the certificates and keys',
  },
  'certificate-key': {
    type: 'string',
    placeholder: 'HEX',
    description: 'Key that encrypts the uploaded certificates: 32 bytes as 64 hex digits',
    secret: true,
  },
  'component-configs': {
    type: 'list',
    placeholder: 'KIND',
    description: 'Print these kinds too: KubeletConfiguration, KubeProxyConfiguration',
  },
  config: {
    type: 'string',
    placeholder: 'FILE',
    description: 'Configuration file (kubeadm.k8s.io/v1beta4 or v1beta3); - reads standard input',
  },
  'control-plane-endpoint': {
    type: 'string',
    placeholder: 'HOST[:PORT]',
    description: 'Stable address of the control plane, such as that of a load balancer',
  },
  'controller-manager-extra-args': {
    type: 'map',
    hidden: true,
    deprecated: 'use the configuration file or --patches',
    description: 'Further arguments of the controller manager, as name=value',
  },
  'cri-socket': {
    type: 'string',
    placeholder: 'URL',
    description: 'Socket of the container runtime; found by itself when there is only one',
  },
  'dry-run': {
    type: 'boolean',
    description: 'Change nothing; show what would be done',
    oneOff: true,
  },
  'feature-gates': {
    type: 'map',
    placeholder: 'NAME=BOOL',
    description: 'Feature gates that kubeadm of the target version has, such as RootlessControlPlane=true',
  },
  'ignore-preflight-errors': {
    type: 'list',
    placeholder: 'CHECK,…',
    description: 'Checks whose errors only warn; `all` means every check',
  },
  'image-repository': {
    type: 'string',
    placeholder: 'REGISTRY',
    default: 'registry.k8s.io',
    description: 'Registry of the control plane images',
  },
  kubeconfig: {
    type: 'string',
    placeholder: 'FILE',
    default: '/etc/kubernetes/admin.conf',
    description: 'kubeconfig file with which the cluster is contacted',
  },
  'kubeconfig-dir': {
    type: 'string',
    placeholder: 'DIR',
    default: '/etc/kubernetes',
    description: 'Folder of the kubeconfig files',
  },
  'kubernetes-version': {
    type: 'string',
    placeholder: 'VERSION',
    default: 'stable-1',
    description: 'Kubernetes version of the control plane',
  },
  'new-config': {
    type: 'string',
    placeholder: 'FILE',
    description: 'Write to this file, replacing it as a whole; standard output when not given',
  },
  'node-name': {
    type: 'string',
    placeholder: 'NAME',
    description: 'Name of this node; the host name when not given',
  },
  'old-config': {
    type: 'string',
    placeholder: 'FILE',
    description: 'Configuration file to convert; - for standard input',
  },
  origin: {
    type: 'boolean',
    description: 'Tell where each value comes from: the file, a flag, this machine, or a default',
  },
  patches: {
    type: 'string',
    placeholder: 'DIR',
    description: 'Folder with patches named target[suffix][+strategic|+merge|+json].(json|yaml)',
  },
  'pod-network-cidr': {
    type: 'string',
    placeholder: 'CIDR[,CIDR]',
    description: 'Addresses for Pods; nodes get their share of it',
  },
  'print-manifest': {
    type: 'boolean',
    description: 'Print the manifests of the add-on instead of installing it',
    oneOff: true,
  },
  rootfs: {
    type: 'string',
    placeholder: 'DIR',
    description: 'Work on the file system below this folder; no chroot, and no rights of root needed',
  },
  'scheduler-extra-args': {
    type: 'map',
    hidden: true,
    deprecated: 'use the configuration file or --patches',
    description: 'Further arguments of the scheduler, as name=value',
  },
  'service-cidr': {
    type: 'string',
    placeholder: 'CIDR[,CIDR]',
    default: '10.96.0.0/12',
    description: 'Addresses for Services',
  },
  'service-dns-domain': {
    type: 'string',
    placeholder: 'DOMAIN',
    default: 'cluster.local',
    description: 'DNS domain of Services',
  },
  'show-managed-fields': {
    type: 'boolean',
    description: 'Accepted for scripts that were written for kubeadm; these objects have no such fields',
    hidden: true,
  },
  'show-secrets': {
    type: 'boolean',
    description: 'Print tokens and the certificate key in clear',
  },
  'skip-certificate-key-print': {
    type: 'boolean',
    description: 'Do not print the key that encrypts the uploaded certificates',
  },
  'skip-token-print': {
    type: 'boolean',
    description: 'Do not print the bootstrap token',
  },
  strict: {
    type: 'boolean',
    description: 'Refuse a configuration file with unknown fields, unknown kinds or repeated keys; otherwise they only warn',
  },
  token: {
    type: 'string',
    placeholder: 'TOKEN',
    description: 'Bootstrap token to create, such as abcdef.0123456789abcdef; a random one when not given',
    secret: true,
  },
  'token-ttl': {
    type: 'duration',
    default: '24h0m0s',
    description: 'Lifetime of the bootstrap token; 0 means for ever',
  },
  'upload-certs': {
    type: 'boolean',
    description: 'Upload the certificates that all control plane nodes share, encrypted, for two hours',
  },
  v: {
    short: 'v',
    type: 'integer',
    placeholder: 'N',
    description: 'Tell more: 1 tells the steps, higher numbers more',
    oneOff: true,
  },
  vmodule: {
    type: 'string',
    hidden: true,
    deprecated: 'it has no effect: there are no log levels by source file',
    description: 'Accepted for scripts that were written for kubeadm',
  },
  'wait-for-lock': {
    type: 'duration',
    description: 'How long to wait for another run on this machine to end, such as 10m; without it the command fails at once',
  },
  'with-defaults': {
    type: 'boolean',
    description: 'Write every field, with its default or what was found on this machine, as kubeadm does',
  },
});

/** The names of all flags. */
export type FlagName = keyof typeof flags;

/** Their values, with defaults. */
export type FlagValuesByName = ValuesOf<typeof flags>;

/** Flags of every command. */
export const globalFlags = [flags.rootfs, flags.v, flags.vmodule] as const;
