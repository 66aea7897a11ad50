/** One run at a time on one tree of files: the right to be at work, and who has it. Real and in-memory locks behave alike (`lock.cases.ts`). */

/** What a run tells of itself to those that come after it. */
export interface Claim {
  /** The command line, without secrets. */
  readonly command: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedAtMs: number;
}

/** The run that is at work. A process that is stopped does not answer: then only its id is known, or nothing. */
export interface Holder extends Partial<Claim> {
  /** As the process itself knows it; it may be in another container. */
  readonly pid?: number;
}

export interface RunLock {
  /** Lets the next one in. Calling it again does nothing. */
  release(): void;
}

export type Attempt = { readonly taken: true; readonly lock: RunLock } | { readonly taken: false; readonly holder: Holder };

/** The lock of one tree. It ends with the process that has it, however that ends. */
export interface RunLocks {
  /**
   * Takes the lock, or tells who has it. Does not wait for that one.
   * @throws ProblemError `RUN_LOCK_UNAVAILABLE` when the machine has no place for it
   */
  attempt(claim: Claim): Promise<Attempt>;
}
