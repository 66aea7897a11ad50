/** Field types of containers: environment, ports, probes, resources, rights. Notation: see `notation.ts`. Facts from the Kubernetes API, v1.36. */
export const containerTypes = {
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
