/** ClusterConfiguration as a v1beta4 document, as the ConfigMap kubeadm-config holds it. */
import { formatDuration } from '../../formats/duration.ts';
import type { ClusterConfig, Etcd, JsonObject } from '../types.ts';
import { compact } from './compact.ts';
import { argumentObjects, componentObject, envObjects } from './parts.ts';

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
    caCertificateValidityPeriod: formatDuration(cluster.caCertificateValidityPeriodMs),
    certificateValidityPeriod: formatDuration(cluster.certificateValidityPeriodMs),
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
