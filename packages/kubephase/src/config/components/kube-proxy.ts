/** KubeProxyConfiguration with the values that a cluster made by this tool needs. */
import { ipFamily } from '../../formats/net/address.ts';
import type { Traits } from '../../releases/release.ts';
import type { ConfigDocument } from '../documents.ts';
import type { Reporter } from '../findings.ts';
import { componentKinds } from '../kinds.ts';
import type { ClusterConfig, ComponentConfig } from '../types.ts';
import { recommend, startDocument } from './document.ts';

export interface KubeProxySurroundings {
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
