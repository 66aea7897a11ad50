/** Causes that the kubelet tells: of itself, of the container runtime below it, and of the images of its Pods. Rows are data. */
import type { Cause } from './cause.ts';

export const kubeletCauses = [
  {
    id: 'swap-on',
    pattern: /running with swap on is not supported/,
    means: 'Swap is on, and the kubelet is not configured to accept that',
    remedy: 'Switch it off with swapoff -a and in /etc/fstab, or set failSwapOn: false in a KubeletConfiguration.',
    final: true,
  },
  {
    id: 'cgroup-driver',
    pattern:
      /misconfiguration: kubelet cgroup driver|expected cgroupsPath to be of format|(cannot use systemd|systemd not running on this host).*cgroup|systemd cgroup manager not available/,
    means: 'The kubelet and the container runtime do not use the same cgroup driver, or systemd does not run',
    remedy: 'Set cgroupDriver in a KubeletConfiguration and SystemdCgroup in the configuration of containerd to the same driver.',
    final: true,
    // Kubernetes 1.20 catches the panic, and does not try again to set up the cgroups in which Pods run.
    paralyses: /Observed a panic: systemd cgroup manager not available/,
  },
  {
    id: 'cgroup-v1',
    pattern: /not to run on a host using cgroup v1|configured to not run on a host using cgroup v1|cgroup v1 support is unsupported/,
    means: 'The machine has cgroups of version 1, which this kubelet refuses',
    remedy: 'Start the machine with cgroups of version 2, or set failCgroupV1: false in a KubeletConfiguration.',
    final: true,
  },
  {
    id: 'cgroup-missing',
    pattern:
      /failed to find cgroup mounts|subsystem not mounted|mountpoint for \S+ not found|failed to initialize top level QOS containers|has some missing (paths|controllers)/i,
    means: 'The kubelet does not find the cgroups that it needs',
    remedy: 'See in /proc/mounts whether the cgroup file systems are mounted below /sys/fs/cgroup.',
    final: true,
  },
  {
    id: 'kernel-settings',
    pattern: /invalid kernel flag: /,
    means: 'Settings of the kernel differ from those that the kubelet wants, and it may not change them (protectKernelDefaults)',
    remedy: 'Set them with sysctl as the line says, or set protectKernelDefaults: false in a KubeletConfiguration.',
    final: true,
  },
  {
    id: 'runtime-too-new',
    // Kubelets before 1.26 know it; containerd has not offered it since 2.0.
    pattern: /unknown service runtime\.v1alpha2\b/,
    means: 'The container runtime does not offer the old version of its interface (CRI v1alpha2) that this kubelet asks for',
    remedy:
      'Use a container runtime that still does, such as containerd 1.7, or a newer Kubernetes, and see that "disabled_plugins" in the configuration of containerd does not name "cri".',
    final: true,
  },
  {
    id: 'runtime-too-old',
    pattern:
      /unknown service runtime\.v1\b|validate CRI v1 (runtime|image) API.*(Unimplemented|unknown service)|CRI v1 (runtime|image) API is not implemented/,
    means: 'The container runtime does not offer version 1 of its interface (CRI)',
    remedy: 'Update it, and see that "disabled_plugins" in the configuration of containerd does not name "cri".',
    final: true,
  },
  {
    id: 'runtime-down',
    pattern:
      /\.sock\S*: (connect: )?(connection refused|no such file or directory)|Cannot connect to the Docker daemon|validate CRI v1 (runtime|image) API.*(Unavailable|DeadlineExceeded)/,
    means: 'The container runtime does not answer',
    remedy: 'Start it (systemctl restart containerd) and look at its log (journalctl -u containerd).',
    final: false,
  },
  {
    id: 'kubelet-authority',
    pattern: /unable to load client CA file/,
    means: 'The kubelet cannot read the certificate authority of the cluster',
    remedy:
      'Look at the file that the line names: authentication.x509.clientCAFile in the configuration of the kubelet, usually ca.crt of the certificates folder.',
    final: true,
  },
  {
    id: 'kubelet-credentials',
    pattern:
      /unable to load bootstrap kubeconfig|bootstrap client certificate( in \S+)? is expired|unable to read existing bootstrap client config/i,
    means: 'The kubelet has no valid credentials for the cluster',
    remedy: 'Write its kubeconfig again: move /etc/kubernetes/kubelet.conf away, run init phase kubeconfig kubelet, restart the kubelet.',
    final: true,
  },
  {
    id: 'feature-gate',
    pattern: /unrecognized feature gate|cannot set feature gate/,
    means: 'A feature gate is set that its version does not know, or does not let be changed',
    remedy: 'Correct featureGates in the KubeletConfiguration, or the argument feature-gates in extraArgs or kubeletExtraArgs.',
    final: true,
  },
  {
    id: 'kubelet-configuration-missing',
    pattern: /kubelet config file.*no such file or directory/i,
    means: 'The kubelet has no configuration file',
    remedy: 'Have it written: run init phase kubelet-start.',
    final: true,
    of: ['kubelet'],
  },
  {
    id: 'kubelet-configuration',
    // 1.20 has nothing before the list of what is wrong.
    pattern:
      /failed to (load|validate|merge) kubelet config|failed to parse kubelet config|^\[?invalid configuration: |initialize logging: /i,
    means: 'The kubelet does not accept its configuration',
    remedy: 'Correct the KubeletConfiguration or kubeletExtraArgs as the line says, and run init again.',
    final: true,
    of: ['kubelet'],
  },
  {
    id: 'sandbox-image',
    pattern: /failed to (get|pull) sandbox image|sandbox image "[^"]+".*(not found|failed)/i,
    means: 'The container runtime cannot get the image of the sandbox that each Pod needs',
    remedy:
      'Load that image, or name one that is there in the configuration of containerd: "sandbox_image", from 2.0 on "sandbox" among the pinned images.',
    final: false,
  },
  {
    id: 'image-never',
    pattern: /ErrImageNeverPull|is not present with pull policy of Never/,
    means: 'An image is not on this machine and must not be pulled (imagePullPolicy Never)',
    remedy: 'Load the image that the line names into the container runtime, in the namespace k8s.io of containerd.',
    final: true,
  },
  {
    id: 'image-unknown',
    pattern:
      /failed to pull (and unpack )?image.*((?<!content digest \S+ ?)\bnot found|manifest unknown|does not exist|repository name not known)/i,
    means: 'The registry does not have an image of that name',
    remedy: 'Correct imageRepository, imageTag or kubernetesVersion in the configuration.',
    final: true,
  },
  {
    id: 'image-pull',
    pattern: /ErrImagePull|ImagePullBackOff|failed to pull (and unpack )?image/i,
    means: 'An image cannot be pulled',
    remedy: 'See whether this machine reaches the registry, also through its proxy, or load the image beforehand.',
    final: false,
  },
  {
    id: 'image-incomplete',
    pattern: /failed to (get image from containerd|resolve image) .*not found|content digest \S+: not found/,
    means: 'The container runtime lists an image that it does not hold, or not as a whole',
    remedy: 'Remove the image that the line names from the container runtime, and load or pull it again.',
    final: false,
  },
  {
    id: 'disk-pressure',
    pattern:
      /DiskPressure|low on resource: ephemeral-storage|(attempting to reclaim|must evict pod\(s\) to reclaim)"? (resourceName=")?(ephemeral-storage|inodes)/i,
    means: 'The kubelet holds Pods back because a disk is nearly full',
    remedy: 'Find it with df -h, for space, and df -i, for inodes, and make room.',
    final: false,
  },
  {
    id: 'kubelet-refused',
    pattern: /unable to register node.*(unauthorized|forbidden)/i,
    means: 'The API server refuses the kubelet',
    remedy: 'Look whether /etc/kubernetes/kubelet.conf belongs to this cluster and this node.',
    final: false,
  },
] as const satisfies readonly Cause[];
