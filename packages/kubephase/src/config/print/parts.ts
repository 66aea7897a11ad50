/** Objects of v1beta4 that several documents share, in the form in which they are written. */
import { formatGoDuration } from '../../formats/duration.ts';
import type {
  Argument,
  ControlPlaneComponent,
  EnvVar,
  HostPathMount,
  JsonObject,
  JsonValue,
  NodeRegistration,
  Taint,
  Timeouts,
} from '../types.ts';

export function componentObject({ extraArgs, extraVolumes, extraEnvs }: ControlPlaneComponent): JsonObject {
  return compact({
    extraArgs: argumentObjects(extraArgs),
    extraEnvs: envObjects(extraEnvs),
    extraVolumes: extraVolumes.map((mount) => mountObject(mount)),
  });
}

export function argumentObjects(list: readonly Argument[]): readonly JsonObject[] {
  return list.map(({ name, value }) => ({ name, value }));
}

export function envObjects(list: readonly EnvVar[]): readonly JsonObject[] {
  return list.map(({ name, value, valueFrom }) => ({ name, ...compact({ value, valueFrom: valueFrom as JsonValue | undefined }) }));
}

function mountObject({ name, hostPath, mountPath, readOnly, pathType }: HostPathMount): JsonObject {
  return { name, hostPath, mountPath, ...compact({ readOnly, pathType }) };
}

export function nodeObject({ name, criSocket, taints, imagePullSerial, imagePullPolicy, ...lists }: NodeRegistration): JsonObject {
  const { kubeletExtraArgs, ignorePreflightErrors } = lists;
  return {
    taints: taints.map((taint) => taintObject(taint)),
    imagePullSerial,
    ...compact({ name, criSocket, imagePullPolicy, ignorePreflightErrors, kubeletExtraArgs: argumentObjects(kubeletExtraArgs) }),
  };
}

function taintObject({ key, value, effect }: Taint): JsonObject {
  return { key, effect, ...compact({ value }) };
}

export function timeoutsObject(timeouts: Timeouts): JsonObject {
  return {
    controlPlaneComponentHealthCheck: formatGoDuration(timeouts.controlPlaneComponentHealthCheckMs),
    kubeletHealthCheck: formatGoDuration(timeouts.kubeletHealthCheckMs),
    kubernetesAPICall: formatGoDuration(timeouts.kubernetesAPICallMs),
    etcdAPICall: formatGoDuration(timeouts.etcdAPICallMs),
    tlsBootstrap: formatGoDuration(timeouts.tlsBootstrapMs),
    discovery: formatGoDuration(timeouts.discoveryMs),
    upgradeManifests: formatGoDuration(timeouts.upgradeManifestsMs),
  };
}

/** Members that are undefined, empty texts, empty lists, empty objects or false are left out. */
export function compact(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((member): member is [string, JsonValue] => !isEmpty(member[1])));
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
