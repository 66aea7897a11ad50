/** The container runtime of a rehearsal: its state is the real one, its images and containers are not looked at. */
import type { ContainerRuntime } from '../port.ts';

/**
 * Looks that tell whether the machine is fit go to `base`. Images count as missing until the rehearsal has pulled them, so that a
 * rehearsal names every image that a new machine needs, and also does so on a machine without a runtime.
 */
export function createDryRunRuntime(base: Pick<ContainerRuntime, 'version' | 'unreadiness' | 'tellsCgroupDriver'>): ContainerRuntime {
  const pulled = new Set<string>();
  return {
    version: () => base.version(),
    unreadiness: () => base.unreadiness(),
    tellsCgroupDriver: () => base.tellsCgroupDriver(),
    sandboxImage: async () => undefined,
    hasImage: async (image) => pulled.has(image),
    // A rehearsal starts nothing, and what runs already does not belong to it.
    containers: async () => [],
    pullImage: async (image, { signal } = {}) => {
      signal?.throwIfAborted();
      pulled.add(image);
    },
  };
}
