/** Records every change to a host as an action, the same for a real host, a dry run and a host in memory. */
import type { Action } from 'phaserunner';
import type { FileMode, Files, FileWrite, Host, Mounts, Services } from './port.ts';

export interface RecordOptions {
  /** Puts the text of files that are not secret into their actions. */
  readonly includeContent?: boolean;
  /** Told, before the write, of a file that cannot be replaced at once. */
  readonly warn?: (text: string) => void;
}

type Recorder = (action: Action) => void;

/** Returns `host` with its changing methods recorded. An action follows the change; a change that failed leaves none. */
export function recordHost(host: Host, record: Recorder, options: RecordOptions = {}): Host {
  return {
    ...host,
    files: recordFiles(host.files, record, options),
    services: recordServices(host.services, record),
    mounts: recordMounts(host.mounts, record),
  };
}

function recordFiles(files: Files, record: Recorder, options: RecordOptions): Files {
  return {
    ...files,
    write: async (file) => {
      await warnOfMounts(files, [file], options);
      await files.write(file);
      record(await writeAction(file, options));
    },
    writeTogether: async (together) => {
      await warnOfMounts(files, together, options);
      await files.writeTogether(together);
      for (const file of together) record(await writeAction(file, options));
    },
    adoptStaged: async (path, staged) => {
      await files.adoptStaged(path, staged);
      record({ kind: 'adopt-file', summary: `put the file of an interrupted run into place as ${path}`, path });
    },
    makeDirectory: async (path, mode) => {
      const existed = (await files.status(path)) !== undefined;
      await files.makeDirectory(path, mode);
      if (!existed) record({ kind: 'make-directory', summary: `make the folder ${path} (${octal(mode)})`, path, mode: octal(mode) });
    },
    setAccess: async (path, access) => {
      await files.setAccess(path, access);
      record(accessAction(path, access));
    },
  };
}

async function warnOfMounts(files: Files, together: readonly FileWrite[], { warn }: RecordOptions): Promise<void> {
  if (warn === undefined) return;
  for (const { path } of together) {
    if (await files.isMountPoint(path))
      warn(`${path} is a mount of its own: it is written in place, and until that is done a reader may see a part of it`);
  }
}

function recordServices(services: Services, record: Recorder): Services {
  return {
    ...services,
    stop: async (service) => {
      await services.stop(service);
      record({ kind: 'stop-service', summary: `stop the service ${service}`, service });
    },
    restart: async (service) => {
      await services.restart(service);
      record({ kind: 'restart-service', summary: `restart the service ${service}`, service });
    },
  };
}

function recordMounts(mounts: Mounts, record: Recorder): Mounts {
  return {
    ...mounts,
    unmount: async (path, options = {}) => {
      await mounts.unmount(path, options);
      const lazy = options.lazy === true;
      record({ kind: 'unmount', summary: `unmount ${path}${lazy ? ' lazily' : ''}`, path, ...(lazy ? { lazy } : {}) });
    },
  };
}

/** `mode` is the one asked for: what the umask leaves of it, or that of a file replaced, is not known before the write. */
async function writeAction(file: FileWrite, options: RecordOptions): Promise<Action> {
  const { path, secret } = file;
  const mode = octal(file.mode);
  const content = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : file.content;
  const action = { kind: 'write-file', summary: `write ${path} (${mode}, ${content.length} bytes)`, path, mode, bytes: content.length };
  if (secret === true) return { ...action, secret };
  const { createHash } = await import('node:crypto');
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { ...action, sha256, ...(options.includeContent === true ? { content: new TextDecoder().decode(content) } : {}) };
}

function accessAction(path: string, access: Parameters<Files['setAccess']>[1]): Action {
  const { mode, owner, recursive } = access;
  const parts = [
    ...(mode === undefined ? [] : [`mode ${octal(mode)}`]),
    ...(owner === undefined ? [] : [`owner ${owner.uid}:${owner.gid}`]),
    ...(recursive === true ? ['with everything below'] : []),
  ];
  return {
    kind: 'set-access',
    summary: `set ${parts.join(', ')} of ${path}`,
    path,
    ...(mode === undefined ? {} : { mode: octal(mode) }),
    ...(owner === undefined ? {} : { owner: `${owner.uid}:${owner.gid}` }),
    ...(recursive === true ? { recursive } : {}),
  };
}

/** `0o600` as `0600`, the form that users know from ls and chmod. */
function octal(mode: FileMode): string {
  return `0${mode.toString(8).padStart(3, '0')}`;
}
