/** The machine, as far as phases need it. Real, dry-run and in-memory hosts behave alike (`host.cases.ts`). */
import type { Problem } from 'phaserunner';

/** Unix permission bits, such as `0o600`. */
export type FileMode = number;

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export interface FileStatus {
  readonly type: 'file' | 'directory' | 'other';
  readonly mode: FileMode;
  readonly owner: Owner;
  /** Bytes; 0 for directories. */
  readonly size: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly type: FileStatus['type'] | 'symlink';
}

export interface WriteOptions {
  /** Mode of a new file, reduced by the umask. An existing file keeps its mode and owner. */
  readonly mode: FileMode;
  /** Mode of parent directories that have to be made, reduced by the umask. Default 0o755. */
  readonly directoryMode?: FileMode;
  /** True for keys and files that embed them: their content stays out of every recorded action. */
  readonly secret?: boolean;
}

export interface FileWrite extends WriteOptions {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** A file that waits beside its place. */
export interface StagedFile {
  /** Name in the folder of its place; no other file gets it again. */
  readonly name: string;
  readonly content: Uint8Array;
  readonly mode: FileMode;
}

/**
 * Files by absolute path as the user knows it (a root prefix is the host's own business).
 * All methods throw `ProblemError` with a `FILE_…` code that names path and cause.
 */
export interface Files {
  /**
   * Content of a regular file, or undefined when nothing exists at `path`. Pipes, devices and sockets are refused at once.
   * @param maxBytes more is `FILE_TOO_LARGE`; default 8 MiB, which no file of a node comes near
   */
  read(path: string, maxBytes?: number): Promise<Uint8Array | undefined>;
  /** UTF-8 text; else like `read`. */
  readText(path: string, maxBytes?: number): Promise<string | undefined>;
  /** The last `maxBytes` of a regular file however long it is, or undefined when nothing exists at `path`. */
  readEnd(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Follows symbolic links. Undefined when nothing exists at `path`. */
  status(path: string): Promise<FileStatus | undefined>;
  /** Entries sorted by bytes of their names, or undefined when `path` does not exist. */
  list(path: string): Promise<readonly DirectoryEntry[] | undefined>;
  /**
   * Replaces or creates a file: written beside its place under a name that starts with a dot, synced,
   * renamed. A reader sees the old or the new content, never a part; the mode is final from the first byte.
   * A symbolic link is followed and stays. Only a file that is a mount of its own is written in place (`isMountPoint`).
   */
  write(file: FileWrite): Promise<void>;
  /**
   * Writes several files of which none makes sense without the others, such as a key and its certificate.
   * All are staged and synced, then renamed in the order given. When the process dies between two renames,
   * the staged rest is still there: see `staged`.
   */
  writeTogether(files: readonly FileWrite[]): Promise<void>;
  /**
   * What interrupted calls of `write` and `writeTogether` staged for `path` and did not rename: files of this user, or of the owner of
   * `path`, that are not empty. Whether one of them is whole and wanted is for the caller to find out.
   */
  staged(path: string): Promise<readonly StagedFile[]>;
  /** Renames a file that `staged` told of into place. */
  adoptStaged(path: string, staged: Pick<StagedFile, 'name'>): Promise<void>;
  /** Makes a directory with its parents; existing ones are left as they are. */
  makeDirectory(path: string, mode: FileMode): Promise<void>;
  /** Changes mode or owner of an existing file or directory. `recursive` includes everything below. */
  setAccess(path: string, access: { readonly mode?: FileMode; readonly owner?: Owner; readonly recursive?: boolean }): Promise<void>;
  /** The path at which `path` ends when links are followed; what does not exist is taken as it is. */
  realPath(path: string): Promise<string>;
  /** Whether a file is a mount of its own, as single files are in containers: it cannot be replaced, only written in place. */
  isMountPoint(path: string): Promise<boolean>;
  /** What would stop this process from creating or replacing `path`, or undefined. Looks only. */
  obstacle(path: string): Promise<Problem | undefined>;
}

/** The service manager of the machine. */
export interface Services {
  /** Name of the service manager found, or undefined. */
  readonly manager: () => Promise<'systemd' | 'openrc' | undefined>;
  exists(service: string): Promise<boolean>;
  /** Whether the service starts with the machine. */
  enabled(service: string): Promise<boolean>;
  active(service: string): Promise<boolean>;
  stop(service: string): Promise<void>;
  restart(service: string): Promise<void>;
  /** The command that makes the service start with the machine; undefined without a service manager. */
  enableCommand(service: string): Promise<string | undefined>;
  /** The last `lines` lines that the service logged, oldest first; empty when no log is to be found. */
  log(service: string, lines: number): Promise<readonly string[]>;
}

export interface NetworkInterface {
  readonly name: string;
  readonly up: boolean;
  readonly loopback: boolean;
  readonly pointToPoint: boolean;
  /** Addresses in canonical text, without prefix length. */
  readonly addresses: readonly string[];
}

export interface DefaultRoute {
  readonly family: 4 | 6;
  readonly interface: string;
}

export interface Network {
  hostName(): string;
  interfaces(): readonly NetworkInterface[];
  /** Default routes in the order of the routing tables; undefined when the machine shows no routing tables. */
  defaultRoutes(): Promise<readonly DefaultRoute[] | undefined>;
  /** Whether something accepts connections on the Unix socket at `path`. */
  acceptsConnections(path: string): Promise<boolean>;
  /** Listens on TCP `port` of all addresses for an instant. Undefined when that works, else the system's reason (`EADDRINUSE`). */
  portFault(port: number): Promise<string | undefined>;
  /** The process that listens on TCP `port`; undefined when there is none or it cannot be seen. */
  listener(port: number): Promise<ListeningProcess | undefined>;
  /**
   * Addresses of a host name, as the machine resolves names (hosts file, DNS).
   * @throws ProblemError `NAME_NOT_FOUND`, also when no answer came within `timeoutMs`
   */
  lookUp(name: string, timeoutMs: number): Promise<readonly string[]>;
}

export interface ListeningProcess {
  readonly pid: number;
  /** Name of the program, such as `kube-apiserver`. */
  readonly program: string;
}

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs that are asked something. Nothing is changed by them, so a dry run runs them too. */
export interface Programs {
  /** Path of the first executable of that name on PATH. An absolute path stands for itself. */
  find(name: string): Promise<string | undefined>;
  /**
   * Runs a program of PATH without a shell, in English, and returns its result whatever its exit code.
   * @throws ProblemError `PROGRAM_FAILED` when it cannot be started or is killed, `COMMAND_TIMED_OUT` after `timeoutMs`
   */
  ask(argv: readonly [string, ...(readonly string[])], timeoutMs: number): Promise<CommandResult>;
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_mounts.5.html */
export interface Mount {
  readonly source: string;
  /** Absolute path of the mount point. */
  readonly path: string;
  /** File system, such as `cgroup2`. */
  readonly type: string;
  readonly options: readonly string[];
}

export interface Mounts {
  /** In the order in which they were mounted; undefined when the machine shows no table of mounts. */
  list(): Promise<readonly Mount[] | undefined>;
  /**
   * Ends the topmost mount at `path`; where none is mounted there is nothing to do. `lazy` detaches it at once and cleans up when it is
   * no longer used.
   * @throws ProblemError `UNMOUNT_FAILED`
   */
  unmount(path: string, options?: { readonly lazy?: boolean }): Promise<void>;
}

export interface Host {
  readonly files: Files;
  readonly services: Services;
  readonly network: Network;
  readonly programs: Programs;
  readonly mounts: Mounts;
  /** Environment variables of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** True when this process may do everything on the machine (user ID 0), or nothing it does needs that. */
  readonly privileged: boolean;
  /** User ID of this process. */
  readonly userId: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** `length` bytes from a cryptographic generator. */
  randomBytes(length: number): Uint8Array;
}
