/** Exit codes of the executable, of which `docs/reference/exit-codes.md` is made, and the row that gives a problem code one of them. */

const rows = {
  success: { code: 0, meaning: 'Everything asked for was done; also `--help` and `version`.' },
  failure: { code: 1, meaning: 'A phase or command failed for a reason without an exit code of its own.' },
  usage: { code: 2, meaning: 'The command line is wrong: unknown command, flag, phase or value. Nothing was done.' },
  configuration: { code: 3, meaning: 'The configuration is wrong. Nothing was done.' },
  preflight: { code: 4, meaning: 'Preflight checks failed. Nothing was done.' },
  host: { code: 5, meaning: 'The machine does not fit: missing permissions, incomplete key pairs, expired or foreign certificates.' },
  cluster: { code: 6, meaning: 'The Kubernetes API, etcd or the container runtime refused or did not answer.' },
  timeout: { code: 7, meaning: 'A wait ran into its deadline.' },
  locked: { code: 8, meaning: 'Another run is at work on this machine, or on this root folder. Nothing was done.' },
  interrupted: { code: 130, meaning: 'Stopped by SIGINT (Ctrl-C).' },
  terminated: { code: 143, meaning: 'Stopped by SIGTERM.' },
} as const;

export type ExitCodeName = keyof typeof rows;

/** Number and meaning by name. */
export const exitCodes: Readonly<Record<ExitCodeName, { readonly code: number; readonly meaning: string }>> = rows;

/** A row of the catalogue. */
export interface CodeEntry {
  /** One or two sentences for the reference page: when it is reported and what usually mends it. */
  readonly meaning: string;
  readonly exit: ExitCodeName;
  /** Set when the same command may succeed when it is simply run again: something did not answer, or not in time. */
  readonly retryable?: true;
}

export type CodeTable = Readonly<Record<string, CodeEntry>>;
