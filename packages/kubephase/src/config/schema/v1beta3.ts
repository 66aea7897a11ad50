/** Documents of v1beta3, in which arguments are maps and some fields do not exist yet: their schemas and their conversion to v1beta4. */
import * as v from 'valibot';
import { parseDuration } from '../../formats/duration.ts';
import { documentOf, duration, list, nested, textMap } from './field.ts';
import * as parts from './v1beta4-parts.ts';
import * as v1beta4 from './v1beta4.ts';
import type { GivenCluster, GivenInit, GivenJoin } from './v1beta4.ts';

const { imagePullSerial: _since31, ...nodeRegistrationFields } = parts.nodeRegistration.entries;
const registration = v.object({
  ...nodeRegistrationFields,
  kubeletExtraArgs: textMap('Further arguments of the kubelet, by name without leading dashes.'),
});

const componentArguments = textMap('Further arguments, by name without leading dashes; they replace those of the tool.');

const controlPlaneComponent = v.object({
  extraArgs: componentArguments,
  extraVolumes: list(parts.hostPathMount, 'Further files and folders of the machine in the Pod.'),
});

const { extraEnvs: _envsSince31, ...localEtcdFields } = parts.localEtcd.entries;
const { httpEndpoints: _since35, ...externalEtcdFields } = parts.externalEtcd.entries;

const etcdFields = v.object({
  local: nested(v.object({ ...localEtcdFields, extraArgs: componentArguments }), 'etcd as a static Pod of the node. Excludes external.'),
  external: nested(v.object(externalEtcdFields), 'An etcd that exists already. Excludes local.'),
});

const { disabled: _dnsSwitchSince31, ...dnsFields } = parts.dns.entries;
const dns = v.object(dnsFields);

const { dryRun: _initDryRunSince31, timeouts: _initTimeoutsSince31, ...sameInit } = v1beta4.initConfiguration.entries;

export const initConfiguration = documentOf({
  ...sameInit,
  nodeRegistration: nested(registration, 'How this node is registered.'),
});

type OldInit = v.InferOutput<typeof initConfiguration>;

const {
  apiServer: newApiServer,
  proxy: _proxySince31,
  encryptionAlgorithm: _algorithmSince31,
  ...more
} = v1beta4.clusterConfiguration.entries;
const { certificateValidityPeriod: _leafSince31, caCertificateValidityPeriod: _caSince31, ...sameCluster } = more;
const { certSANs } = newApiServer.wrapped.entries;
const waitForControlPlane = duration('Wait for the API server. Default 4m.');

export const clusterConfiguration = documentOf({
  ...sameCluster,
  etcd: nested(etcdFields, 'Where etcd runs: local (the default) or external.'),
  apiServer: nested(
    v.object({ ...controlPlaneComponent.entries, certSANs, timeoutForControlPlane: waitForControlPlane }),
    'Settings of the API server.',
  ),
  controllerManager: nested(controlPlaneComponent, 'Settings of the controller manager.'),
  scheduler: nested(controlPlaneComponent, 'Settings of the scheduler.'),
  dns: nested(dns, 'Settings of the add-on CoreDNS.'),
});

type OldCluster = v.InferOutput<typeof clusterConfiguration>;

const { dryRun: _joinDryRunSince31, timeouts: _joinTimeoutsSince31, ...sameJoin } = v1beta4.joinConfiguration.entries;

export const joinConfiguration = documentOf({
  ...sameJoin,
  nodeRegistration: nested(registration, 'How this node is registered.'),
  discovery: nested(
    v.object({ ...v1beta4.discovery.entries, timeout: duration('Wait for cluster-info. Default 5m.') }),
    'How the cluster is found and trusted: by a token or by a file.',
  ),
});

type OldJoin = v.InferOutput<typeof joinConfiguration>;

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
  return isDefaultWait(given) ? undefined : given;
}

/** Whether a wait for the control plane is the default or zero, which means the default. */
export function isDefaultWait(text: string): boolean {
  const ms = parseDuration(text) ?? 0;
  return ms === 0 || ms === 240_000;
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
