/** An API that is connected to when it is first used: when a run starts, its kubeconfig file may not exist yet. */
import type { KubeApi } from './port.ts';

/**
 * Returns an API that calls `connect` before its first request. First requests that come together share one connection.
 * When it fails, all of them fail with its error, and the next request connects again.
 */
export function createLazyKubeApi(connect: () => Promise<KubeApi>): KubeApi {
  const connected = shareSuccess(connect);
  return {
    get: async (reference) => (await connected()).get(reference),
    list: async (query) => (await connected()).list(query),
    create: async (object) => (await connected()).create(object),
    replace: async (object) => (await connected()).replace(object),
    unhealthyParts: async () => (await connected()).unhealthyParts(),
    patch: async (reference, patch) => (await connected()).patch(reference, patch),
  };
}

/** Returns a function that gives all its callers the same result of `make`. A failure is for those who wait for it; the next caller starts anew. */
export function shareSuccess<T>(make: () => Promise<T>): () => Promise<T> {
  let shared: Promise<T> | undefined;
  return async () => {
    const current = (shared ??= make());
    try {
      return await current;
    } catch (error) {
      if (shared === current) shared = undefined;
      throw error;
    }
  };
}
