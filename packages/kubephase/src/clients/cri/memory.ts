/** A container runtime in memory for tests. */
import { imagePullFailed, runtimeRefused, runtimeUnreachable } from './failure.ts';
import type { ContainerRuntime, ContainerStatus, RuntimeVersion } from './port.ts';

/** How one pull ends: with the image, with the runtime's error, or without a runtime. */
type MemoryPull = 'pulled' | { readonly error: string } | 'unreachable';

export interface MemoryRuntimeOptions {
  readonly socket?: string;
  /** Images that are there from the start. */
  readonly images?: readonly string[];
  /** Ends of the pulls of an image, in turn; the last one stays. An image that is not listed can be pulled. */
  readonly pulls?: Readonly<Record<string, readonly [MemoryPull, ...(readonly MemoryPull[])]>>;
  readonly version?: Partial<RuntimeVersion>;
  readonly unreadiness?: string;
  /** Default true. */
  readonly tellsCgroupDriver?: boolean;
  readonly sandboxImage?: string;
  /** The newest first. */
  readonly containers?: readonly ContainerStatus[];
  /** Nobody answers at the socket. */
  readonly unreachable?: boolean;
  /** The runtime's error when it is asked for an image. */
  readonly lookError?: string;
}

export interface MemoryRuntime extends ContainerRuntime {
  /** Orders to pull so far, failed ones included. */
  readonly pulls: readonly string[];
}

const usualVersion: RuntimeVersion = { runtimeName: 'memory', runtimeVersion: '1.0.0', apiVersion: 'v1' };

export function createMemoryRuntime(options: MemoryRuntimeOptions = {}): MemoryRuntime {
  const {
    socket = 'unix:///run/memory.sock',
    version,
    unreadiness,
    tellsCgroupDriver = true,
    sandboxImage,
    unreachable,
    lookError,
  } = options;
  const images = new Set(options.images);
  const pulls: string[] = [];
  const answering = <T>(value: T): Promise<T> =>
    unreachable === true
      ? Promise.reject(runtimeUnreachable({ socket, detail: `connect ECONNREFUSED ${socket}` }))
      : Promise.resolve(value);
  return {
    pulls,
    version: () => answering({ ...usualVersion, ...version }),
    unreadiness: () => answering(unreadiness),
    tellsCgroupDriver: () => answering(tellsCgroupDriver),
    sandboxImage: () => answering(sandboxImage),
    hasImage: async (image) => {
      await answering(undefined);
      if (lookError !== undefined) throw runtimeRefused(`look for image ${image}`, { socket, detail: lookError, unknown: false });
      return images.has(image);
    },
    containers: (name) => answering((options.containers ?? []).filter((container) => container.name === name)),
    pullImage: async (image, { signal } = {}) => {
      signal?.throwIfAborted();
      await answering(undefined);
      const turn = pulls.filter((one) => one === image).length;
      pulls.push(image);
      const ends = options.pulls?.[image] ?? (['pulled'] as const);
      const end = ends[Math.min(turn, ends.length - 1)] ?? 'pulled';
      if (end === 'unreachable') throw runtimeUnreachable({ socket, detail: 'the connection was closed' });
      if (end !== 'pulled') throw imagePullFailed(image, { socket, detail: end.error });
      images.add(image);
    },
  };
}
