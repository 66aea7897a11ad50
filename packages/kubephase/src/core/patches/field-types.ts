/**
 * The field types of the objects that are patched. A type is a text of words `field:type`, where `:string` is left out; `[]`
 * in front of a type is a list of it, `{}` an object with free keys. Facts from the Kubernetes API, v1.36.
 */

/** Pods and Deployments and what describes them as a whole. */
const objectTypes = {
  Pod: 'apiVersion kind metadata:ObjectMeta spec:PodSpec status:any',
  ObjectMeta: `
    name generateName namespace selfLink uid resourceVersion generation:integer creationTimestamp:time
    deletionTimestamp:time deletionGracePeriodSeconds:integer labels:{}string annotations:{}string
    ownerReferences:[]OwnerReference finalizers:[]string managedFields:[]any`,
  OwnerReference: 'apiVersion kind name uid controller:bool blockOwnerDeletion:bool',
  PodSpec: `
    volumes:[]Volume initContainers:[]Container containers:[]Container ephemeralContainers:[]EphemeralContainer
    restartPolicy terminationGracePeriodSeconds:integer activeDeadlineSeconds:integer dnsPolicy nodeSelector:{}string
    serviceAccountName serviceAccount automountServiceAccountToken:bool nodeName hostNetwork:bool hostPID:bool hostIPC:bool
    shareProcessNamespace:bool securityContext:PodSecurityContext imagePullSecrets:[]LocalObjectReference hostname subdomain
    affinity:Affinity schedulerName tolerations:[]Toleration hostAliases:[]HostAlias priorityClassName priority:integer
    dnsConfig:PodDNSConfig readinessGates:[]PodReadinessGate runtimeClassName enableServiceLinks:bool preemptionPolicy
    overhead:{}quantity topologySpreadConstraints:[]TopologySpreadConstraint setHostnameAsFQDN:bool os:PodOS hostUsers:bool
    schedulingGates:[]PodSchedulingGate resourceClaims:[]PodResourceClaim resources:ResourceRequirements hostnameOverride
    schedulingGroup:PodSchedulingGroup`,
  LocalObjectReference: 'name',
  LabelSelector: 'matchLabels:{}string matchExpressions:[]LabelSelectorRequirement',
  LabelSelectorRequirement: 'key operator values:[]string',
  PodSecurityContext: `
    seLinuxOptions:SELinuxOptions windowsOptions:WindowsSecurityContextOptions runAsUser:integer runAsGroup:integer
    runAsNonRoot:bool supplementalGroups:[]integer supplementalGroupsPolicy fsGroup:integer sysctls:[]Sysctl
    fsGroupChangePolicy seccompProfile:SeccompProfile appArmorProfile:AppArmorProfile seLinuxChangePolicy`,
  Sysctl: 'name value',
  HostAlias: 'ip hostnames:[]string',
  PodDNSConfig: 'nameservers:[]string searches:[]string options:[]PodDNSConfigOption',
  PodDNSConfigOption: 'name value',
  PodReadinessGate: 'conditionType',
  PodOS: 'name',
  PodSchedulingGate: 'name',
  PodResourceClaim: 'name resourceClaimName resourceClaimTemplateName',
  PodSchedulingGroup: 'podGroupName',
  Deployment: 'apiVersion kind metadata:ObjectMeta spec:DeploymentSpec status:any',
  DeploymentSpec: `
    replicas:integer selector:LabelSelector template:PodTemplateSpec strategy:DeploymentStrategy minReadySeconds:integer
    revisionHistoryLimit:integer paused:bool progressDeadlineSeconds:integer`,
  PodTemplateSpec: 'metadata:ObjectMeta spec:PodSpec',
  DeploymentStrategy: 'type rollingUpdate:RollingUpdateDeployment',
  RollingUpdateDeployment: 'maxUnavailable:intOrString maxSurge:intOrString',
} as const;

/** Containers: environment, ports, probes, resources, rights. */
const containerTypes = {
  Container: `
    name image command:[]string args:[]string workingDir ports:[]ContainerPort envFrom:[]EnvFromSource env:[]EnvVar
    resources:ResourceRequirements resizePolicy:[]ContainerResizePolicy restartPolicy
    restartPolicyRules:[]ContainerRestartRule volumeMounts:[]VolumeMount volumeDevices:[]VolumeDevice livenessProbe:Probe
    readinessProbe:Probe startupProbe:Probe lifecycle:Lifecycle terminationMessagePath terminationMessagePolicy
    imagePullPolicy securityContext:SecurityContext stdin:bool stdinOnce:bool tty:bool`,
  ContainerPort: 'name hostPort:integer containerPort:integer protocol hostIP',
  EnvFromSource: 'prefix configMapRef:ConfigMapEnvSource secretRef:SecretEnvSource',
  ConfigMapEnvSource: 'name optional:bool',
  SecretEnvSource: 'name optional:bool',
  EnvVar: 'name value valueFrom:EnvVarSource',
  EnvVarSource: `
    fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector configMapKeyRef:ConfigMapKeySelector
    secretKeyRef:SecretKeySelector fileKeyRef:FileKeySelector`,
  ConfigMapKeySelector: 'name key optional:bool',
  SecretKeySelector: 'name key optional:bool',
  FileKeySelector: 'volumeName path key optional:bool',
  ResourceRequirements: 'limits:{}quantity requests:{}quantity claims:[]ResourceClaim',
  ResourceClaim: 'name request',
  ContainerResizePolicy: 'resourceName restartPolicy',
  ContainerRestartRule: 'action exitCodes:ContainerRestartRuleOnExitCodes',
  ContainerRestartRuleOnExitCodes: 'operator values:[]integer',
  VolumeMount: 'name readOnly:bool recursiveReadOnly mountPath subPath mountPropagation subPathExpr',
  VolumeDevice: 'name devicePath',
  Probe: `
    exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction grpc:GRPCAction initialDelaySeconds:integer
    timeoutSeconds:integer periodSeconds:integer successThreshold:integer failureThreshold:integer
    terminationGracePeriodSeconds:integer`,
  ExecAction: 'command:[]string',
  HTTPGetAction: 'path port:intOrString host scheme httpHeaders:[]HTTPHeader',
  HTTPHeader: 'name value',
  TCPSocketAction: 'port:intOrString host',
  GRPCAction: 'port:integer service',
  Lifecycle: 'postStart:LifecycleHandler preStop:LifecycleHandler stopSignal',
  LifecycleHandler: 'exec:ExecAction httpGet:HTTPGetAction tcpSocket:TCPSocketAction sleep:SleepAction',
  SleepAction: 'seconds:integer',
  SecurityContext: `
    capabilities:Capabilities privileged:bool seLinuxOptions:SELinuxOptions windowsOptions:WindowsSecurityContextOptions
    runAsUser:integer runAsGroup:integer runAsNonRoot:bool readOnlyRootFilesystem:bool allowPrivilegeEscalation:bool
    procMount seccompProfile:SeccompProfile appArmorProfile:AppArmorProfile`,
  Capabilities: 'add:[]string drop:[]string',
  SELinuxOptions: 'user role type level',
  WindowsSecurityContextOptions: 'gmsaCredentialSpecName gmsaCredentialSpec runAsUserName hostProcess:bool',
  SeccompProfile: 'type localhostProfile',
  AppArmorProfile: 'type localhostProfile',
  EphemeralContainer: `
    name image command:[]string args:[]string workingDir ports:[]ContainerPort envFrom:[]EnvFromSource env:[]EnvVar
    resources:ResourceRequirements resizePolicy:[]ContainerResizePolicy restartPolicy
    restartPolicyRules:[]ContainerRestartRule volumeMounts:[]VolumeMount volumeDevices:[]VolumeDevice livenessProbe:Probe
    readinessProbe:Probe startupProbe:Probe lifecycle:Lifecycle terminationMessagePath terminationMessagePolicy
    imagePullPolicy securityContext:SecurityContext stdin:bool stdinOnce:bool tty:bool targetContainerName`,
} as const;

/** Volumes, one type for each kind of source. */
const volumeTypes = {
  Volume: `
    name hostPath:HostPathVolumeSource emptyDir:EmptyDirVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource
    awsElasticBlockStore:AWSElasticBlockStoreVolumeSource gitRepo:GitRepoVolumeSource secret:SecretVolumeSource
    nfs:NFSVolumeSource iscsi:ISCSIVolumeSource glusterfs:GlusterfsVolumeSource
    persistentVolumeClaim:PersistentVolumeClaimVolumeSource rbd:RBDVolumeSource flexVolume:FlexVolumeSource
    cinder:CinderVolumeSource cephfs:CephFSVolumeSource flocker:FlockerVolumeSource downwardAPI:DownwardAPIVolumeSource
    fc:FCVolumeSource azureFile:AzureFileVolumeSource configMap:ConfigMapVolumeSource
    vsphereVolume:VsphereVirtualDiskVolumeSource quobyte:QuobyteVolumeSource azureDisk:AzureDiskVolumeSource
    photonPersistentDisk:PhotonPersistentDiskVolumeSource projected:ProjectedVolumeSource
    portworxVolume:PortworxVolumeSource scaleIO:ScaleIOVolumeSource storageos:StorageOSVolumeSource csi:CSIVolumeSource
    ephemeral:EphemeralVolumeSource image:ImageVolumeSource`,
  HostPathVolumeSource: 'path type',
  EmptyDirVolumeSource: 'medium sizeLimit:quantity',
  GCEPersistentDiskVolumeSource: 'pdName fsType partition:integer readOnly:bool',
  AWSElasticBlockStoreVolumeSource: 'volumeID fsType partition:integer readOnly:bool',
  GitRepoVolumeSource: 'repository revision directory',
  SecretVolumeSource: 'secretName items:[]KeyToPath defaultMode:integer optional:bool',
  KeyToPath: 'key path mode:integer',
  NFSVolumeSource: 'server path readOnly:bool',
  ISCSIVolumeSource: `
    targetPortal iqn lun:integer iscsiInterface fsType readOnly:bool portals:[]string chapAuthDiscovery:bool
    chapAuthSession:bool secretRef:LocalObjectReference initiatorName`,
  GlusterfsVolumeSource: 'endpoints path readOnly:bool',
  PersistentVolumeClaimVolumeSource: 'claimName readOnly:bool',
  RBDVolumeSource: 'monitors:[]string image fsType pool user keyring secretRef:LocalObjectReference readOnly:bool',
  FlexVolumeSource: 'driver fsType secretRef:LocalObjectReference readOnly:bool options:{}string',
  CinderVolumeSource: 'volumeID fsType readOnly:bool secretRef:LocalObjectReference',
  CephFSVolumeSource: 'monitors:[]string path user secretFile secretRef:LocalObjectReference readOnly:bool',
  FlockerVolumeSource: 'datasetName datasetUUID',
  DownwardAPIVolumeSource: 'items:[]DownwardAPIVolumeFile defaultMode:integer',
  DownwardAPIVolumeFile: 'path fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector mode:integer',
  ObjectFieldSelector: 'apiVersion fieldPath',
  ResourceFieldSelector: 'containerName resource divisor:quantity',
  FCVolumeSource: 'targetWWNs:[]string lun:integer fsType readOnly:bool wwids:[]string',
  AzureFileVolumeSource: 'secretName shareName readOnly:bool',
  ConfigMapVolumeSource: 'name items:[]KeyToPath defaultMode:integer optional:bool',
  VsphereVirtualDiskVolumeSource: 'volumePath fsType storagePolicyName storagePolicyID',
  QuobyteVolumeSource: 'registry volume readOnly:bool user group tenant',
  AzureDiskVolumeSource: 'diskName diskURI cachingMode fsType readOnly:bool kind',
  PhotonPersistentDiskVolumeSource: 'pdID fsType',
  ProjectedVolumeSource: 'sources:[]VolumeProjection defaultMode:integer',
  VolumeProjection: `
    secret:SecretProjection downwardAPI:DownwardAPIProjection configMap:ConfigMapProjection
    serviceAccountToken:ServiceAccountTokenProjection clusterTrustBundle:ClusterTrustBundleProjection
    podCertificate:PodCertificateProjection`,
  SecretProjection: 'name items:[]KeyToPath optional:bool',
  DownwardAPIProjection: 'items:[]DownwardAPIVolumeFile',
  ConfigMapProjection: 'name items:[]KeyToPath optional:bool',
  ServiceAccountTokenProjection: 'audience expirationSeconds:integer path',
  ClusterTrustBundleProjection: 'name signerName labelSelector:LabelSelector optional:bool path',
  PodCertificateProjection: `
    signerName keyType maxExpirationSeconds:integer credentialBundlePath keyPath certificateChainPath
    userAnnotations:{}string`,
  PortworxVolumeSource: 'volumeID fsType readOnly:bool',
  ScaleIOVolumeSource: `
    gateway system secretRef:LocalObjectReference sslEnabled:bool protectionDomain storagePool storageMode volumeName fsType
    readOnly:bool`,
  StorageOSVolumeSource: 'volumeName volumeNamespace fsType readOnly:bool secretRef:LocalObjectReference',
  CSIVolumeSource: 'driver readOnly:bool fsType volumeAttributes:{}string nodePublishSecretRef:LocalObjectReference',
  EphemeralVolumeSource: 'volumeClaimTemplate:PersistentVolumeClaimTemplate',
  PersistentVolumeClaimTemplate: 'metadata:ObjectMeta spec:PersistentVolumeClaimSpec',
  PersistentVolumeClaimSpec: `
    accessModes:[]string selector:LabelSelector resources:VolumeResourceRequirements volumeName storageClassName volumeMode
    dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference volumeAttributesClassName`,
  VolumeResourceRequirements: 'limits:{}quantity requests:{}quantity',
  TypedLocalObjectReference: 'apiGroup kind name',
  TypedObjectReference: 'apiGroup kind name namespace',
  ImageVolumeSource: 'reference pullPolicy',
} as const;

/** What places a Pod on a node. */
const schedulingTypes = {
  Affinity: 'nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity',
  NodeAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
    preferredDuringSchedulingIgnoredDuringExecution:[]PreferredSchedulingTerm`,
  NodeSelector: 'nodeSelectorTerms:[]NodeSelectorTerm',
  NodeSelectorTerm: 'matchExpressions:[]NodeSelectorRequirement matchFields:[]NodeSelectorRequirement',
  NodeSelectorRequirement: 'key operator values:[]string',
  PreferredSchedulingTerm: 'weight:integer preference:NodeSelectorTerm',
  PodAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
    preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm`,
  PodAffinityTerm: `
    labelSelector:LabelSelector namespaces:[]string topologyKey namespaceSelector:LabelSelector matchLabelKeys:[]string
    mismatchLabelKeys:[]string`,
  WeightedPodAffinityTerm: 'weight:integer podAffinityTerm:PodAffinityTerm',
  PodAntiAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution:[]PodAffinityTerm
    preferredDuringSchedulingIgnoredDuringExecution:[]WeightedPodAffinityTerm`,
  Toleration: 'key operator value effect tolerationSeconds:integer',
  TopologySpreadConstraint: `
    maxSkew:integer topologyKey whenUnsatisfiable labelSelector:LabelSelector minDomains:integer nodeAffinityPolicy
    nodeTaintsPolicy matchLabelKeys:[]string`,
} as const;

const tables = { ...objectTypes, ...containerTypes, ...volumeTypes, ...schedulingTypes };

export type TypeName = keyof typeof tables;

const parsed = new Map<string, ReadonlyMap<string, string>>();

/** Types of the fields of a type in the tables, by field name; undefined for scalars. */
export function fieldTypes(type: string): ReadonlyMap<string, string> | undefined {
  const known = parsed.get(type);
  const text = (tables as Readonly<Record<string, string>>)[type];
  if (known !== undefined || text === undefined) return known;
  const fields = new Map(text.trim().split(/\s+/).map(readWord));
  parsed.set(type, fields);
  return fields;
}

function readWord(word: string): readonly [string, string] {
  const colon = word.indexOf(':');
  return colon < 0 ? [word, 'string'] : [word.slice(0, colon), word.slice(colon + 1)];
}
