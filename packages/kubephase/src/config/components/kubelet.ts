/** KubeletConfiguration with the values that a cluster made by this tool needs. */
import { addressAt, parseCidr } from '../../formats/net/cidr.ts';
import type { Traits } from '../../releases/release.ts';
import type { ConfigDocument } from '../documents.ts';
import type { Reporter } from '../findings.ts';
import { componentKinds } from '../kinds.ts';
import type { ClusterConfig, ComponentConfig } from '../types.ts';
import { recommend, startDocument, type Recommendation } from './document.ts';

export interface KubeletSurroundings {
  readonly cluster: ClusterConfig;
  readonly traits: Pick<Traits, 'kubeletZeroFields' | 'systemdCgroupDriver'>;
  readonly reporter: Reporter;
}

/** Values that depend on the machine (resolvConf, the container runtime's socket) are added when the file is written. */
export function completeKubelet(given: ConfigDocument | undefined, { cluster, traits, reporter }: KubeletSurroundings): ComponentConfig {
  const start = startDocument(componentKinds[0], given, traits.kubeletZeroFields);
  const driver: readonly Recommendation[] = traits.systemdCgroupDriver ? [{ path: ['cgroupDriver'], value: 'systemd', quiet: true }] : [];
  const document = recommend(start, [...recommendations(cluster), ...driver], reporter);
  // kubeadm never lets the kubelet's client certificate run out, whatever the document says.
  return { document: { ...document, rotateCertificates: true }, userSupplied: given !== undefined };
}

function recommendations(cluster: ClusterConfig): readonly Recommendation[] {
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
