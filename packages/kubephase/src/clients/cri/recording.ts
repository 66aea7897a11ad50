/** Records pulled images as actions, the same in a real run and in a rehearsal. */
import type { Action } from 'phaserunner';
import type { ContainerRuntime } from './port.ts';

/** Returns `runtime` with its pulls recorded. An action follows the pull; a pull that failed leaves none. */
export function recordRuntime(runtime: ContainerRuntime, record: (action: Action) => void): ContainerRuntime {
  return {
    version: () => runtime.version(),
    unreadiness: () => runtime.unreadiness(),
    tellsCgroupDriver: () => runtime.tellsCgroupDriver(),
    sandboxImage: () => runtime.sandboxImage(),
    hasImage: (image) => runtime.hasImage(image),
    containers: (name) => runtime.containers(name),
    pullImage: async (image, options) => {
      await runtime.pullImage(image, options);
      record({ kind: 'pull-image', summary: `pull image ${image}`, image });
    },
  };
}
