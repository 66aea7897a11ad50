/** A host whose process dies at a chosen step, for tests that interrupt a run everywhere and run it again. */
import type { Disk } from './files/disk.ts';
import type { Host, Mounts, Programs, Services } from './port.ts';

/** Thrown by everything that a dead process does. Not a `ProblemError`: nobody is there to be told. */
export class KilledError extends Error {
  override readonly name = 'KilledError';
}

export interface Fault {
  /** Step at which the process dies, counted from 1. 0 lets it live, to count the steps. */
  readonly failAt: number;
  /**
   * `before`: the step does not happen. `during`: a file gets the first half of its content, any other step happens, and
   * nothing after it.
   */
  readonly moment: 'before' | 'during';
}

export interface FaultyHost {
  readonly host: Host;
  /** Steps so far, the fatal one included. */
  readonly steps: () => number;
  readonly killed: () => boolean;
}

type WrapDisk = (disk: Disk) => Disk;

/**
 * Makes a host through `make`, which passes on the wrapper for the disk. Each of these is one step: making a directory, staging
 * a file, writing one in place, renaming one, removing one, a change of mode or owner, stopping or restarting a service, and an unmount.
 */
export function createFaultyHost(make: (wrapDisk: WrapDisk) => Host, fault: Fault): FaultyHost {
  let steps = 0;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new KilledError(`killed ${fault.moment} step ${steps}`);
  };
  const live = <T>(work: () => T): T => (dead ? die() : work());
  /** Counts a step. True when the process is to die in it; when it is to die before, it does. */
  const isFatal = (): boolean => {
    if (dead) die();
    steps += 1;
    return steps === fault.failAt && (fault.moment === 'before' ? die() : true);
  };
  /** `half` is what happens of the step when the process dies in it. */
  const step = <T>(work: () => T, half: () => T = work): T => {
    if (!isFatal()) return work();
    half();
    return die();
  };
  const wholeStep = async (work: () => Promise<void>): Promise<void> => {
    const fatal = isFatal();
    await work();
    if (fatal) die();
  };
  const wrapDisk: WrapDisk = (disk) => ({
    userId: disk.userId,
    look: (path) => live(() => disk.look(path)),
    follow: (path) => live(() => disk.follow(path)),
    readLink: (path) => live(() => disk.readLink(path)),
    read: async (path, maxBytes) => live(() => disk.read(path, maxBytes)),
    readEnd: (path, maxBytes) => live(() => disk.readEnd(path, maxBytes)),
    isMountPoint: (path) => live(() => disk.isMountPoint(path)),
    readDirectory: (path) => live(() => disk.readDirectory(path)),
    requireChangeable: (directory) => live(() => disk.requireChangeable(directory)),
    requireWritable: (path) => live(() => disk.requireWritable(path)),
    canGiveTo: (owner) => live(() => disk.canGiveTo(owner)),
    makeDirectory: (path, mode) => step(() => disk.makeDirectory(path, mode)),
    stage: (path, content, access) =>
      step(
        () => disk.stage(path, content, access),
        () => disk.stage(path, content.subarray(0, content.length / 2), access),
      ),
    overwrite: (path, content) =>
      step(
        () => disk.overwrite(path, content),
        () => disk.overwrite(path, content.subarray(0, content.length / 2)),
      ),
    rename: (from, to) => step(() => disk.rename(from, to)),
    remove: (path) => step(() => disk.remove(path)),
    syncDirectory: (path) => live(() => disk.syncDirectory(path)),
    setMode: (path, mode) => step(() => disk.setMode(path, mode)),
    setOwner: (path, owner) => step(() => disk.setOwner(path, owner)),
  });
  const wrapServices = (services: Services): Services => ({
    manager: async () => live(() => services.manager()),
    exists: async (service) => live(() => services.exists(service)),
    enabled: async (service) => live(() => services.enabled(service)),
    active: async (service) => live(() => services.active(service)),
    stop: (service) => wholeStep(() => services.stop(service)),
    restart: (service) => wholeStep(() => services.restart(service)),
    enableCommand: async (service) => live(() => services.enableCommand(service)),
    log: async (service, lines) => live(() => services.log(service, lines)),
  });
  const wrapPrograms = (programs: Programs): Programs => ({
    find: async (name) => live(() => programs.find(name)),
    ask: async (argv, timeoutMs) => live(() => programs.ask(argv, timeoutMs)),
  });
  const wrapMounts = (mounts: Mounts): Mounts => ({
    list: async () => live(() => mounts.list()),
    unmount: (path, options) => wholeStep(() => mounts.unmount(path, options)),
  });
  const { services, programs, mounts, ...rest } = make(wrapDisk);
  const host = { ...rest, services: wrapServices(services), programs: wrapPrograms(programs), mounts: wrapMounts(mounts) };
  return { host, steps: () => steps, killed: () => dead };
}
