/** The internal form of the configuration: complete, defaulted, independent of API versions. */

/** Seven waits of a workflow, all in milliseconds. */
export interface Timeouts {
  readonly controlPlaneComponentHealthCheckMs: number;
  readonly kubeletHealthCheckMs: number;
  readonly kubernetesAPICallMs: number;
  readonly etcdAPICallMs: number;
  readonly tlsBootstrapMs: number;
  readonly discoveryMs: number;
  readonly upgradeManifestsMs: number;
}

/** A flag of a component, name without dashes. Order and duplicates count. */
export interface Argument {
  readonly name: string;
  readonly value: string;
}

/** An environment variable in the form of core/v1 EnvVar. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: Readonly<Record<string, unknown>>;
}

export interface HostPathMount {
  readonly name: string;
  readonly hostPath: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** Empty when the user did not give one. */
  readonly pathType: string;
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

export interface BootstrapToken {
  /** `id.secret`; the secret half never appears in messages or events. */
  readonly token: string;
  /** True when this run made the token up because the configuration names none. */
  readonly generated?: boolean;
  readonly description?: string;
  /** Lifetime from creation; 0 or less: never expires. Absent when `expires` is set. */
  readonly ttlMs?: number;
  /** RFC 3339, UTC. */
  readonly expires?: string;
  readonly usages: readonly string[];
  readonly groups: readonly string[];
}

export interface NodeRegistration {
  /** Trimmed, lower case. */
  readonly name: string;
  /** URL, such as `unix:///var/run/containerd/containerd.sock`. */
  readonly criSocket: string;
  readonly taints: readonly Taint[];
  readonly kubeletExtraArgs: readonly Argument[];
  /** Lower case, sorted. */
  readonly ignorePreflightErrors: readonly string[];
  readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly imagePullSerial: boolean;
}

export interface ApiEndpoint {
  /** IP address in canonical text, without brackets. */
  readonly advertiseAddress: string;
  readonly bindPort: number;
}

export interface ControlPlaneComponent {
  readonly extraArgs: readonly Argument[];
  readonly extraVolumes: readonly HostPathMount[];
  readonly extraEnvs: readonly EnvVar[];
}

export interface ApiServer extends ControlPlaneComponent {
  /** Lower case. */
  readonly certSANs: readonly string[];
}

export interface LocalEtcd {
  readonly imageRepository?: string;
  readonly imageTag?: string;
  readonly dataDir: string;
  readonly extraArgs: readonly Argument[];
  readonly extraEnvs: readonly EnvVar[];
  readonly serverCertSANs: readonly string[];
  readonly peerCertSANs: readonly string[];
}

export interface ExternalEtcd {
  readonly endpoints: readonly string[];
  readonly httpEndpoints: readonly string[];
  /** Empty when not set, like the two below. */
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

export type Etcd = { readonly local: LocalEtcd; readonly external?: never } | { readonly external: ExternalEtcd; readonly local?: never };

export type EncryptionAlgorithm = 'RSA-2048' | 'RSA-3072' | 'RSA-4096' | 'ECDSA-P256' | 'ECDSA-P384';

export interface Networking {
  /** One CIDR or two, comma separated, as the user gave them. */
  readonly serviceSubnet: string;
  /** Empty when not set. */
  readonly podSubnet: string;
  readonly dnsDomain: string;
}

export interface ClusterConfig {
  readonly etcd: Etcd;
  readonly networking: Networking;
  /** Resolved semantic version with leading `v`. */
  readonly kubernetesVersion: string;
  /** `ci/<version>` when a CI build was asked for; absent otherwise. */
  readonly ciKubernetesVersion?: string;
  /** `host:port`, or empty when not set. */
  readonly controlPlaneEndpoint: string;
  readonly apiServer: ApiServer;
  readonly controllerManager: ControlPlaneComponent;
  readonly scheduler: ControlPlaneComponent;
  readonly dns: { readonly imageRepository?: string; readonly imageTag?: string; readonly disabled: boolean };
  readonly proxy: { readonly disabled: boolean };
  readonly certificatesDir: string;
  readonly imageRepository: string;
  readonly featureGates: Readonly<Record<string, boolean>>;
  readonly clusterName: string;
  /** After the gate PublicKeysECDSA was taken into account. */
  readonly encryptionAlgorithm: EncryptionAlgorithm;
  readonly certificateValidityPeriodMs: number;
  readonly caCertificateValidityPeriodMs: number;
}

/** JSON data, as component configurations are kept: their schema belongs to the component. */
export type JsonObject = { readonly [key: string]: JsonValue };
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** KubeletConfiguration or KubeProxyConfiguration with the tool's defaults filled in. */
export interface ComponentConfig {
  readonly document: JsonObject;
  /** True when the user's file had such a document. */
  readonly userSupplied: boolean;
}

/** Discovery by a token: cluster-info is fetched without trust and verified with the token and the pins. */
export interface TokenDiscovery {
  /** `id.secret`; the secret half never appears in messages or events. */
  readonly token: string;
  /** `host:port` of an API server. */
  readonly apiServerEndpoint: string;
  /** Pins such as `sha256:<hex>`. Their form is checked when they are compared. */
  readonly caCertHashes: readonly string[];
  readonly unsafeSkipCAVerification: boolean;
}

/** How a node finds the cluster and learns to trust it. */
export type Discovery =
  | {
      readonly bootstrapToken: TokenDiscovery;
      readonly file?: never;
      /** Token of the kubelet's TLS bootstrap; that of the discovery when none is given. */
      readonly tlsBootstrapToken: string;
    }
  | {
      readonly file: {
        /** Path, or URL with the scheme https, of a kubeconfig. */
        readonly kubeConfigPath: string;
      };
      readonly bootstrapToken?: never;
      readonly tlsBootstrapToken?: string;
    };

/** What a node needs to become a further control plane node. */
export interface JoinControlPlane {
  readonly localAPIEndpoint: ApiEndpoint;
  /** 64 hex digits. */
  readonly certificateKey?: string;
}

/** Everything that `join` needs to know. */
export interface JoinConfig {
  readonly dryRun: boolean;
  /** Without given taints: none on workers, those of the newest known release on control plane nodes. */
  readonly nodeRegistration: NodeRegistration;
  /** Where the CA certificate is written on a worker. */
  readonly caCertPath: string;
  readonly discovery: Discovery;
  /** Absent on workers. */
  readonly controlPlane?: JoinControlPlane;
  readonly skipPhases: readonly string[];
  readonly patchesDirectory?: string;
  readonly timeouts: Timeouts;
}

/** A flag of umount2(2). */
export type UnmountFlag = 'MNT_FORCE' | 'MNT_DETACH' | 'MNT_EXPIRE' | 'UMOUNT_NOFOLLOW';

/** Everything that `reset` needs to know. */
export interface ResetConfig {
  readonly cleanupTmpDir: boolean;
  /** Absent when not given: the cluster is asked first, then the default holds. */
  readonly certificatesDir?: string;
  /** URL. Absent when not given: the node is asked first, then the machine is searched. */
  readonly criSocket?: string;
  readonly dryRun: boolean;
  readonly force: boolean;
  /** Lower case, sorted. */
  readonly ignorePreflightErrors: readonly string[];
  readonly skipPhases: readonly string[];
  readonly unmountFlags: readonly UnmountFlag[];
  readonly timeouts: Timeouts;
}

/** Wishes that `upgrade apply` and `upgrade node` share. */
export interface UpgradeNode {
  readonly certificateRenewal: boolean;
  readonly dryRun: boolean;
  readonly etcdUpgrade: boolean;
  /** Lower case, sorted. */
  readonly ignorePreflightErrors: readonly string[];
  /** Absolute. */
  readonly patchesDirectory?: string;
  readonly skipPhases: readonly string[];
  readonly imagePullPolicy: NodeRegistration['imagePullPolicy'];
  readonly imagePullSerial: boolean;
}

export interface UpgradeApply extends UpgradeNode {
  /** As given: the version is looked at when the state of the cluster is known. */
  readonly kubernetesVersion?: string;
  readonly allowExperimentalUpgrades: boolean;
  readonly allowRCUpgrades: boolean;
  readonly forceUpgrade: boolean;
  readonly printConfig: boolean;
}

export interface UpgradePlan {
  /** As given. */
  readonly kubernetesVersion?: string;
  readonly allowExperimentalUpgrades: boolean;
  readonly allowRCUpgrades: boolean;
  /** Has no effect: planning changes nothing. */
  readonly dryRun: boolean;
  readonly etcdUpgrade: boolean;
  /** Lower case, sorted. */
  readonly ignorePreflightErrors: readonly string[];
  readonly printConfig: boolean;
}

export interface UpgradeDiff {
  /** As given. */
  readonly kubernetesVersion?: string;
  /** Lines shown round a difference. */
  readonly contextLines: number;
}

/** Everything that the commands of `upgrade` need to know. */
export interface UpgradeConfig {
  readonly apply: UpgradeApply;
  readonly diff: UpgradeDiff;
  readonly node: UpgradeNode;
  readonly plan: UpgradePlan;
  readonly timeouts: Timeouts;
}

/** What any node knows of itself and of its cluster. */
export interface NodeConfig {
  readonly nodeRegistration: NodeRegistration;
  readonly patchesDirectory?: string;
  readonly timeouts: Timeouts;
  readonly cluster: ClusterConfig;
  readonly kubelet: ComponentConfig;
}

/** What a node of the control plane knows besides. */
export interface ControlPlaneConfig extends NodeConfig {
  readonly localAPIEndpoint: ApiEndpoint;
}

/** What kube-proxy is installed from. */
export interface KubeProxyConfig {
  readonly kubeProxy: ComponentConfig;
}

/** Everything that `init` needs to know. */
export interface InitConfig extends ControlPlaneConfig, KubeProxyConfig {
  readonly bootstrapTokens: readonly BootstrapToken[];
  readonly dryRun: boolean;
  /** 64 hex digits. */
  readonly certificateKey?: string;
  readonly skipPhases: readonly string[];
}
