/** Field types of Pods and Deployments and of what describes them as a whole. Notation: see `notation.ts`. Facts from the Kubernetes API, v1.36. */
export const objectTypes = {
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
