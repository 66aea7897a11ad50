/** Defaults that need no look at the machine. */
import { tokenUsages } from '../words.ts';

export const defaults = {
  bindPort: 6443,
  caCertPath: '/etc/kubernetes/pki/ca.crt',
  contextLines: 3,
  certificatesDir: '/etc/kubernetes/pki',
  clusterName: 'kubernetes',
  dnsDomain: 'cluster.local',
  serviceSubnet: '10.96.0.0/12',
  etcdDataDir: '/var/lib/etcd',
  kubernetesVersion: 'stable-1',
  encryptionAlgorithm: 'RSA-2048',
  imagePullPolicy: 'IfNotPresent',
  certificateValidityPeriodMs: 8760 * 3_600_000,
  caCertificateValidityPeriodMs: 87_600 * 3_600_000,
  tokenTtlMs: 24 * 3_600_000,
  tokenUsages,
  tokenGroups: ['system:bootstrappers:kubeadm:default-node-token'],
} as const;

/** The text, or `otherwise` when it is absent or empty: an empty text counts as absent everywhere. */
export function textOr(text: string | null | undefined, otherwise: string): string {
  return text === null || text === undefined || text === '' ? otherwise : text;
}
