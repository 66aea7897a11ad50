/** Complete configurations as v1beta4 documents, one function for each kind. */
import { formatGoDuration } from '../../formats/duration.ts';
import { defaults } from '../defaults/values.ts';
import type {
  BootstrapToken,
  ClusterConfig,
  Discovery,
  Etcd,
  InitConfig,
  JoinConfig,
  JoinControlPlane,
  JsonObject,
  ResetConfig,
  UpgradeApply,
  UpgradeConfig,
  UpgradeNode,
} from '../types.ts';
import { argumentObjects, compact, componentObject, envObjects, nodeObject, timeoutsObject } from './parts.ts';

/** Holds secrets: bootstrap tokens and the certificate key. */
export function initConfigurationDocument(config: InitConfig): JsonObject {
  const { advertiseAddress, bindPort } = config.localAPIEndpoint;
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'InitConfiguration',
    nodeRegistration: nodeObject(config.nodeRegistration),
    localAPIEndpoint: { advertiseAddress, bindPort },
    timeouts: timeoutsObject(config.timeouts),
    ...compact({
      bootstrapTokens: config.bootstrapTokens.map((token) => tokenObject(token)),
      certificateKey: config.certificateKey,
      dryRun: config.dryRun,
      patches: compact({ directory: config.patchesDirectory }),
      skipPhases: config.skipPhases,
    }),
  };
}

function tokenObject({ token, description, ttlMs, expires, usages, groups }: BootstrapToken): JsonObject {
  return { token, ...compact({ description, ttl: ttlMs === undefined ? undefined : formatGoDuration(ttlMs), expires, usages, groups }) };
}

/** Nothing of the other kinds is in it: it is what every node of the cluster may read. */
export function clusterConfigurationDocument(cluster: ClusterConfig): JsonObject {
  const { networking } = cluster;
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    apiServer: { ...componentObject(cluster.apiServer), ...compact({ certSANs: cluster.apiServer.certSANs }) },
    controllerManager: componentObject(cluster.controllerManager),
    scheduler: componentObject(cluster.scheduler),
    dns: compact(cluster.dns),
    proxy: compact(cluster.proxy),
    etcd: etcdObject(cluster.etcd),
    networking: compact({ dnsDomain: networking.dnsDomain, podSubnet: networking.podSubnet, serviceSubnet: networking.serviceSubnet }),
    caCertificateValidityPeriod: formatGoDuration(cluster.caCertificateValidityPeriodMs),
    certificateValidityPeriod: formatGoDuration(cluster.certificateValidityPeriodMs),
    ...compact({
      certificatesDir: cluster.certificatesDir,
      clusterName: cluster.clusterName,
      controlPlaneEndpoint: cluster.controlPlaneEndpoint,
      encryptionAlgorithm: cluster.encryptionAlgorithm,
      featureGates: cluster.featureGates,
      imageRepository: cluster.imageRepository,
      kubernetesVersion: cluster.ciKubernetesVersion ?? cluster.kubernetesVersion,
    }),
  };
}

function etcdObject(etcd: Etcd): JsonObject {
  if (etcd.external !== undefined) {
    const { endpoints, httpEndpoints, caFile, certFile, keyFile } = etcd.external;
    return { external: { endpoints, caFile, certFile, keyFile, ...compact({ httpEndpoints }) } };
  }
  const { dataDir, extraArgs, extraEnvs, imageRepository, imageTag, serverCertSANs, peerCertSANs } = etcd.local;
  const optional = {
    imageRepository,
    imageTag,
    serverCertSANs,
    peerCertSANs,
    extraArgs: argumentObjects(extraArgs),
    extraEnvs: envObjects(extraEnvs),
  };
  return { local: { dataDir, ...compact(optional) } };
}

/** Holds secrets: tokens and the certificate key. */
export function joinConfigurationDocument(config: JoinConfig): JsonObject {
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'JoinConfiguration',
    nodeRegistration: nodeObject(config.nodeRegistration),
    discovery: discoveryObject(config.discovery),
    // An empty mapping counts: it makes the node a control plane node.
    ...(config.controlPlane === undefined ? {} : { controlPlane: controlPlaneObject(config.controlPlane) }),
    timeouts: timeoutsObject(config.timeouts),
    ...compact({
      caCertPath: config.caCertPath,
      dryRun: config.dryRun,
      patches: compact({ directory: config.patchesDirectory }),
      skipPhases: config.skipPhases,
    }),
  };
}

function discoveryObject({ bootstrapToken, file, tlsBootstrapToken }: Discovery): JsonObject {
  const token = compact({ tlsBootstrapToken });
  if (bootstrapToken === undefined) return { file: { kubeConfigPath: file.kubeConfigPath }, ...token };
  const { token: discoveryToken, apiServerEndpoint, caCertHashes, unsafeSkipCAVerification } = bootstrapToken;
  return { bootstrapToken: { token: discoveryToken, ...compact({ apiServerEndpoint, caCertHashes, unsafeSkipCAVerification }) }, ...token };
}

function controlPlaneObject({ localAPIEndpoint, certificateKey }: JoinControlPlane): JsonObject {
  const { advertiseAddress, bindPort } = localAPIEndpoint;
  return { localAPIEndpoint: { advertiseAddress, bindPort }, ...compact({ certificateKey }) };
}

export function resetConfigurationDocument({ timeouts, ...fields }: ResetConfig): JsonObject {
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ResetConfiguration',
    ...compact(fields),
    timeouts: timeoutsObject(timeouts),
  };
}

export function upgradeConfigurationDocument({ apply, diff, node, plan, timeouts }: UpgradeConfig): JsonObject {
  const { etcdUpgrade, ...planned } = plan;
  const { contextLines, ...compared } = diff;
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'UpgradeConfiguration',
    apply: changingObject(apply),
    // kubeadm prints no number of lines; it cannot tell zero from absent.
    diff: { ...compact(compared), ...(contextLines === defaults.contextLines ? {} : { contextLines }) },
    node: changingObject(node),
    plan: { etcdUpgrade, ...compact(planned) },
    timeouts: timeoutsObject(timeouts),
  };
}

/** Switches that are on by default are always written. */
function changingObject(wishes: UpgradeNode | UpgradeApply): JsonObject {
  const { certificateRenewal, etcdUpgrade, imagePullSerial, patchesDirectory, ...others } = wishes;
  return {
    certificateRenewal,
    etcdUpgrade,
    imagePullSerial,
    ...compact({ ...others, patches: compact({ directory: patchesDirectory }) }),
  };
}
