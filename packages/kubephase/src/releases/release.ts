/** What a Kubernetes minor needs, as data: one file a minor, no code. */

/** Values by patch release: each row holds from its patch on, until the next row. Rows ascend; the first has patch 0. */
export type ByPatch<T> = readonly (readonly [fromPatch: number, value: T])[];

/** How CoreDNS is deployed. */
export interface CoreDnsTraits {
  /** The Corefile keeps answers of the cluster's own domain out of the cache (1.32). CoreDNS knows that option from 1.9.4 on. */
  readonly ownDomainUncached: boolean;
  /** What CoreDNS may read beside Services, Endpoints, Pods and namespaces: Nodes (before 1.28), EndpointSlices (1.22). */
  readonly reads: readonly ('nodes' | 'endpointslices')[];
  /** Pods prefer a node that has none of them yet (1.25). */
  readonly antiAffinity: boolean;
  /** Word for "all capabilities": in capitals since 1.29. */
  readonly allCapabilities: 'all' | 'ALL';
  /** Keys of the control plane's taints that are tolerated, in order. */
  readonly toleratedTaints: readonly string[];
  /** Label `kubernetes.io/name` of the Service. */
  readonly serviceLabel: 'KubeDNS' | 'CoreDNS';
}

/** How kubeadm of a minor writes things. Each trait is the rule of one release line; see the field's text. */
export interface Traits {
  /** User arguments follow the defaults unsorted (1.36), or the merged list is sorted by name (before). */
  readonly extraArguments: 'appended' | 'sorted';
  /** The API server gets `--insecure-port=0` (before 1.22). */
  readonly apiserverInsecurePortFlag: boolean;
  /** Controller manager and scheduler get `--port=0` (before 1.23). */
  readonly insecurePortFlag: boolean;
  /** Static Pods ask for the seccomp profile of the runtime (1.22). */
  readonly seccompProfile: boolean;
  /** Static Pods carry the number of their priority class (1.27, later patches of 1.25 and 1.26). */
  readonly podPriority: boolean;
  /** The controller manager mounts a volume for flex volumes (before 1.36). */
  readonly flexVolume: boolean;
  /**
   * Flags of etcd's corruption check and progress notification: none, only the check, both under their experimental
   * names, by the version of etcd (from 3.6.0 on the final names), or always the final names.
   */
  readonly etcdFlags: 'none' | 'corrupt-check' | 'experimental' | 'by-etcd-version' | 'feature-gates';
  /** etcd requests 100Mi of ephemeral storage (before 1.22, early patches). */
  readonly etcdEphemeralStorage: boolean;
  /** Probes of static Pods and of CoreDNS refer to a named container port (1.34), or carry the number (before). */
  readonly namedProbePort: boolean;
  /** Objects carry `creationTimestamp: null` (before 1.34). */
  readonly nullCreationTimestamp: boolean;
  readonly schedulerProbes: 'livez-readyz' | 'healthz';
  /** `/livez` and `/readyz` (1.31), `/health` with parameters for liveness and for the start (1.25), or plain `/health`. */
  readonly etcdProbes: 'livez-readyz' | 'serializable' | 'health';
  /** Host directories with CA certificates that are mounted when they exist. */
  readonly caDirectories: readonly string[];
  /** kubelet.conf points to the local API server (true) or to the control-plane endpoint. */
  readonly kubeletUsesLocalEndpoint: boolean;
  /** kubeconfig files carry `preferences: {}` (before 1.34). */
  readonly kubeconfigPreferences: boolean;
  /** super-admin.conf exists and admin.conf is bound by RBAC (1.29). */
  readonly superAdmin: boolean;
  /** Organization of the certificate apiserver-kubelet-client, if any. */
  readonly apiserverKubeletClientOrganization?: string;
  /** Organization of the certificates with which etcd is asked, if any (before 1.29). */
  readonly etcdClientOrganization?: string;
  /** The CRI socket goes to instance-config.yaml (true) or to a kubelet flag, as the feature gate says. */
  readonly nodeLocalCriSocket: boolean;
  /** The kubelet gets `--container-runtime=remote` (before 1.26). */
  readonly containerRuntimeFlag: boolean;
  /** The kubelet can talk to Docker itself; with that socket it gets `--network-plugin=cni` and no endpoint (before 1.24). */
  readonly dockershim: boolean;
  /** The kubelet gets `--pod-infra-container-image`: only with Docker (1.20), always, or never (1.35). */
  readonly podInfraContainerImage: 'docker' | 'always' | 'never';
  /** Keys of the taints, in order. */
  readonly controlPlaneTaints: readonly string[];
  /** Keys of the labels, in order. */
  readonly controlPlaneLabels: readonly string[];
  readonly coredns: CoreDnsTraits;
  /** kube-proxy tolerates the taint `CriticalAddonsOnly` by name, beside all taints (before 1.22). */
  readonly kubeProxyNamedToleration: boolean;
  /** ConfigMap of the kubelet configuration carries the minor in its name (before 1.24). */
  readonly versionedKubeletConfigMap: boolean;
  /** The kubelet's cgroup driver defaults to systemd (1.22). */
  readonly systemdCgroupDriver: boolean;
  /** Keys that the KubeletConfiguration of the minor always prints with their zero values. */
  readonly kubeletZeroFields: Readonly<Record<string, unknown>>;
  /** Keys that the KubeProxyConfiguration of the minor always prints with their zero values. */
  readonly kubeProxyZeroFields: Readonly<Record<string, unknown>>;
  /** Oldest etcd outside the cluster that is accepted, as kubeadm names it: `3.5.24` is newer than `3.5.24-0`. */
  readonly minimumExternalEtcd: string;
  /** `coredns` before the other images (1.29) or last (before). */
  readonly imageOrder: 'coredns-before-pause' | 'coredns-last';
}

export interface Release {
  /** Such as `1.36`. */
  readonly minor: string;
  /** Newest patch known when the data was written. */
  readonly lastPatch: number;
  /** Whether the figures were confirmed on real releases. */
  readonly confirmed: boolean;
  readonly registry: ByPatch<string>;
  /** Tag without `v`. */
  readonly etcd: ByPatch<string>;
  /** Tag as in the registry; the path below the default registry is `coredns` (before 1.21) or `coredns/coredns`. */
  readonly coredns: ByPatch<string>;
  readonly corednsNested: boolean;
  readonly pause: string;
  /** At patch 0. */
  readonly traits: Traits;
  /** Traits that a later patch changed, from that patch on. */
  readonly patchTraits?: ByPatch<Partial<Traits>>;
}

/** A release at one patch: the rows of `ByPatch` resolved. */
export interface ResolvedRelease {
  readonly version: string;
  readonly minor: string;
  readonly confirmed: boolean;
  readonly registry: string;
  readonly etcd: string;
  readonly coredns: string;
  readonly corednsNested: boolean;
  readonly pause: string;
  readonly traits: Traits;
}
