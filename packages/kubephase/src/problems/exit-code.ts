/** Exit codes of the executable: one documented object (`docs/reference/exit-codes.md` is made from it). */
export const ExitCode = {
  /** Everything asked for was done; also `--help`. */
  success: 0,
  /** A phase or command failed for a reason without a code of its own. */
  failure: 1,
  /** The command line is wrong: unknown command, flag, phase or value. Nothing was done. */
  usage: 2,
  /** The configuration is wrong. Nothing was done. */
  configuration: 3,
  /** Preflight checks failed. Nothing was done. */
  preflight: 4,
  /** Files on this machine do not fit: incomplete key pairs, foreign or expired certificates, missing permissions. */
  host: 5,
  /** The Kubernetes API, etcd or the container runtime refused or did not answer. */
  cluster: 6,
  /** A wait ran into its deadline. */
  timeout: 7,
  /** Stopped by SIGINT. */
  interrupted: 130,
  /** Stopped by SIGTERM. */
  terminated: 143,
} as const;

export type ExitCodeName = keyof typeof ExitCode;
