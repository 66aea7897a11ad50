/** Does work once for all who ask for it, and again after a failure. */

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
