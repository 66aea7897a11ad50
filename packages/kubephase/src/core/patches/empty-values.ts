/**
 * Which empty values the API's types write although they are empty, and which zeros they leave out. Most texts, lists and free
 * mappings vanish when they are empty; structs, and numbers and switches that can be unset, stay.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/api/core/v1/types.go
 */

/** Fields by type that are written even when they are empty, and texts that can be unset. */
const kept = wordsOf({
  Container: 'name',
  EphemeralContainer: 'name',
  ContainerResizePolicy: 'resourceName restartPolicy',
  Volume: 'name',
  VolumeMount: 'name mountPath',
  VolumeDevice: 'name devicePath',
  EnvVar: 'name',
  HTTPHeader: 'name value',
  Sysctl: 'name value',
  PodDNSConfigOption: 'value',
  HostAlias: 'ip',
  HostPathVolumeSource: 'path type',
  KeyToPath: 'key path',
  DownwardAPIVolumeFile: 'path',
  ObjectFieldSelector: 'fieldPath',
  ResourceFieldSelector: 'resource',
  ConfigMapKeySelector: 'key',
  SecretKeySelector: 'key',
  SecurityContext: 'procMount',
  PodSecurityContext: 'fsGroupChangePolicy supplementalGroupsPolicy seLinuxChangePolicy',
  SeccompProfile: 'type localhostProfile',
  AppArmorProfile: 'type localhostProfile',
  WindowsSecurityContextOptions: 'gmsaCredentialSpecName gmsaCredentialSpec runAsUserName',
  PodSpec: 'containers runtimeClassName preemptionPolicy hostnameOverride',
  PodOS: 'name',
  PodReadinessGate: 'conditionType',
  PodSchedulingGate: 'name',
  PodResourceClaim: 'name',
  OwnerReference: 'apiVersion kind name uid',
  LabelSelectorRequirement: 'key operator',
  NodeSelector: 'nodeSelectorTerms',
  NodeSelectorRequirement: 'key operator',
  PodAffinityTerm: 'topologyKey',
  TopologySpreadConstraint: 'topologyKey whenUnsatisfiable',
  ProjectedVolumeSource: 'sources',
  NFSVolumeSource: 'server path',
  PersistentVolumeClaimVolumeSource: 'claimName',
  CSIVolumeSource: 'driver',
});

/** Numbers and switches by type that vanish when they are zero or off. */
const dropped = wordsOf({
  PodSpec: 'hostNetwork hostPID hostIPC',
  Container: 'stdin stdinOnce tty',
  EphemeralContainer: 'stdin stdinOnce tty',
  ContainerPort: 'hostPort',
  Probe: 'initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold',
  VolumeMount: 'readOnly',
  NFSVolumeSource: 'readOnly',
  ISCSIVolumeSource: 'readOnly chapAuthDiscovery chapAuthSession',
  PersistentVolumeClaimVolumeSource: 'readOnly',
  ObjectMeta: 'generation',
  DeploymentSpec: 'minReadySeconds paused',
});

/** Structs that stand in every object of a type, with or without content. */
const always: ReadonlyMap<string, ReadonlySet<string>> = wordsOf({ Container: 'resources', EphemeralContainer: 'resources' });

/** Whether the API's types leave `value` out. A struct never is: pass only what is no struct. */
export function isLeftOut(type: string, field: string, value: unknown): boolean {
  if (value === 0 || value === false) return dropped.get(type)?.has(field) === true;
  return isEmpty(value) && kept.get(type)?.has(field) !== true;
}

/** Names of the structs that every object of `type` has. */
export function structsOf(type: string): ReadonlySet<string> {
  return always.get(type) ?? new Set();
}

function isEmpty(value: unknown): boolean {
  if (value === '' || (Array.isArray(value) && value.length === 0)) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function wordsOf(table: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(table).map(([type, words]) => [type, new Set(words.split(' '))]));
}
