/** Check `ContainerRuntimeVersion`: the kubelet can ask the container runtime for its cgroup driver. */
import type { Check } from './check.ts';

export const containerRuntimeVersion: Check = {
  name: 'ContainerRuntimeVersion',
  severity: 'warning',
  about:
    'Asks whether the container runtime tells its cgroup driver (call RuntimeConfig). Older runtimes do not, and the setting that the kubelet falls back to goes away with Kubernetes 1.37: update the runtime before that.',
  run: async ({ cri }) => {
    if (await cri.tellsCgroupDriver()) return [];
    return [
      {
        summary: 'the container runtime is too old to tell its cgroup driver; kubelets from 1.37 on will not work with it',
        detail: 'It does not know the call RuntimeConfig of the container runtime interface (https://kep.k8s.io/4033).',
        remedy: 'Update the container runtime, containerd to 2.0 or CRI-O to 1.28 at least.',
      },
    ];
  },
};
