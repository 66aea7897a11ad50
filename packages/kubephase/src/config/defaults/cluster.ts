/** The cluster's configuration with its defaults. */
import type { ClusterConfig, EncryptionAlgorithm } from '../types.ts';
import type { Reporter } from '../findings.ts';
import type { GivenCluster } from '../v1beta4/cluster-configuration.ts';
import { encryptionAlgorithms } from '../words.ts';
import { completeComponent } from './components.ts';
import { completeEndpoint } from './control-plane-endpoint.ts';
import { completeEtcd, imageOf } from './etcd.ts';
import { durationOr } from './timeouts.ts';
import { defaults, textOr } from './values.ts';
import type { Target } from './version.ts';

export interface ClusterSurroundings {
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
