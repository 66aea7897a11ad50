/** Converts documents of v1beta3 to the form of v1beta4. */
import { parseDuration } from '../../formats/duration.ts';
import type { OldCluster } from '../v1beta3/cluster-configuration.ts';
import type { OldInit } from '../v1beta3/init-configuration.ts';
import type { OldJoin } from '../v1beta3/join-configuration.ts';
import type { GivenCluster, GivenInit, GivenJoin } from '../schema/v1beta4.ts';

type Arguments = Readonly<Record<string, string>> | null | undefined;

export function convertInit(old: OldInit): GivenInit {
  const { nodeRegistration, ...same } = old;
  return {
    ...same,
    nodeRegistration: nodeRegistration && { ...nodeRegistration, kubeletExtraArgs: toList(nodeRegistration.kubeletExtraArgs) },
  };
}

/** The wait for cluster-info, which v1beta3 keeps beside the discovery, moves to the other waits. */
export function convertJoin(old: OldJoin): GivenJoin {
  const { nodeRegistration, discovery, ...same } = old;
  const { timeout, ...discoveryFields } = discovery ?? {};
  return {
    ...same,
    ...(discovery === undefined ? {} : { discovery: discovery && discoveryFields }),
    ...(timeout === null || timeout === undefined ? {} : { timeouts: { discovery: timeout } }),
    nodeRegistration: nodeRegistration && { ...nodeRegistration, kubeletExtraArgs: toList(nodeRegistration.kubeletExtraArgs) },
  };
}

export function convertCluster(old: OldCluster): GivenCluster {
  const { apiServer, controllerManager, scheduler, etcd, ...same } = old;
  return {
    ...same,
    apiServer: apiServer && { certSANs: apiServer.certSANs, ...convertComponent(apiServer) },
    controllerManager: controllerManager && convertComponent(controllerManager),
    scheduler: scheduler && convertComponent(scheduler),
    etcd: etcd && { ...etcd, local: etcd.local && { ...etcd.local, extraArgs: toList(etcd.local.extraArgs) } },
  };
}

/**
 * The wait for the control plane that v1beta3 keeps in the ClusterConfiguration; undefined when it is the default or
 * zero. It beats `timeouts.controlPlaneComponentHealthCheck`, also that of a v1beta4 InitConfiguration in the same file.
 */
export function timeoutForControlPlane(old: OldCluster): string | undefined {
  const given = old.apiServer?.timeoutForControlPlane ?? '';
  const ms = parseDuration(given) ?? 0;
  return ms === 0 || ms === 240_000 ? undefined : given;
}

type OldComponent = NonNullable<OldCluster['scheduler']>;

function convertComponent({ extraArgs, extraVolumes }: OldComponent): NonNullable<GivenCluster['scheduler']> {
  return { extraArgs: toList(extraArgs), extraVolumes };
}

/** Sorted by name, as a map has no order of its own. */
function toList(map: Arguments): { readonly name: string; readonly value: string }[] | undefined {
  if (map === null || map === undefined) return undefined;
  return Object.entries(map)
    .map(([name, value]) => ({ name, value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
