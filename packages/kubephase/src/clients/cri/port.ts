/** The container runtime of this machine: whether it works, and the images that it has. */

export interface RuntimeVersion {
  /** Such as `containerd`. */
  readonly runtimeName: string;
  /** As the runtime writes it; not always a semantic version. */
  readonly runtimeVersion: string;
  /** Version of the interface that it answered in: `v1`. */
  readonly apiVersion: string;
}

/** One container of a Pod, as the runtime last saw it. @see https://github.com/kubernetes/cri-api */
export interface ContainerStatus {
  readonly id: string;
  /** Name within its Pod, such as `kube-apiserver`. */
  readonly name: string;
  readonly pod: { readonly namespace: string; readonly name: string };
  readonly state: 'created' | 'running' | 'exited' | 'unknown';
  /** How often the kubelet has started it again. */
  readonly attempt: number;
  /** Of a container that ended. */
  readonly exitCode?: number;
  /** The runtime's word, such as `Error` or `OOMKilled`. */
  readonly reason?: string;
  readonly message?: string;
  /** File on the node to which the runtime writes what the container prints. */
  readonly logPath?: string;
}

/**
 * Every method is one look or one order; nothing is repeated. Failures are `ProblemError`s: `CRI_UNREACHABLE` when nothing answers at
 * the socket in time, `CRI_REQUEST_FAILED` when the runtime answers with an error. Both name the socket.
 */
export interface ContainerRuntime {
  /** Fails unless both halves of the interface, the one for containers and the one for images, answer. */
  version(): Promise<RuntimeVersion>;
  /** Why the runtime cannot start containers, with the runtime's own words; undefined when it can. Says nothing of the Pod network. */
  unreadiness(): Promise<string | undefined>;
  /**
   * Whether the kubelet can ask the runtime for its cgroup driver (call `RuntimeConfig`). Kubelets that no longer have a setting to
   * fall back to need it.
   * @see https://kep.k8s.io/4033
   */
  tellsCgroupDriver(): Promise<boolean>;
  /** The image that the runtime itself takes for the sandbox of a Pod. Undefined when it does not tell. */
  sandboxImage(): Promise<string | undefined>;
  hasImage(image: string): Promise<boolean>;
  /** Containers with the name `name` in all Pods, ended ones included, the newest first. */
  containers(name: string): Promise<readonly ContainerStatus[]>;
  /**
   * Brings the image from its registry, or a newer one under the same name. Takes as long as it takes.
   * @throws ProblemError also `IMAGE_PULL_FAILED`, with image and cause, when the runtime could not get it; the reason of `signal` when
   * that was aborted
   */
  pullImage(image: string, options?: { readonly signal?: AbortSignal }): Promise<void>;
}
