/** Defaults that need no look at the machine. */
import { parseDuration } from '../../formats/duration.ts';
import type { GivenTimeouts } from '../schema/v1beta4-parts.ts';
import type { Timeouts } from '../types.ts';
import { tokenUsages } from '../vocabulary.ts';

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

const minuteMs = 60_000;

/** Each member is defaulted on its own; zero and negative values are kept. */
export function completeTimeouts(given: GivenTimeouts | null | undefined): Timeouts {
  return {
    controlPlaneComponentHealthCheckMs: durationOr(given?.controlPlaneComponentHealthCheck, 4 * minuteMs),
    kubeletHealthCheckMs: durationOr(given?.kubeletHealthCheck, 4 * minuteMs),
    kubernetesAPICallMs: durationOr(given?.kubernetesAPICall, minuteMs),
    etcdAPICallMs: durationOr(given?.etcdAPICall, 2 * minuteMs),
    tlsBootstrapMs: durationOr(given?.tlsBootstrap, 5 * minuteMs),
    discoveryMs: durationOr(given?.discovery, 5 * minuteMs),
    upgradeManifestsMs: durationOr(given?.upgradeManifests, 5 * minuteMs),
  };
}

/** Milliseconds of a duration that the schema accepted. */
export function durationOr(text: string | null | undefined, otherwiseMs: number): number {
  return text === null || text === undefined ? otherwiseMs : (parseDuration(text) ?? otherwiseMs);
}
