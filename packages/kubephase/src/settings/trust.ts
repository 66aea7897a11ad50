/** Code and settings that root runs: nobody else may be able to change them. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Problem } from 'phaserunner';
import type { Disk, DiskEntry } from '../host/files/disk.ts';
import { findPlace } from '../host/files/place.ts';
import { createRealDisk } from '../host/real/disk.ts';
import { failure } from '../problems/catalogue.ts';

/** Refuses a module that is to be loaded into this process; a missing one is left to the one who loads it. @throws ProblemError `SETTINGS_EXPOSED` */
export function requireTrustedModule(file: string): void {
  const path = resolve(file);
  if (existsSync(path)) requireTrusted(path);
}

/** Does nothing for other users than root: what they run can do no more than they themselves. @throws ProblemError `SETTINGS_EXPOSED` */
export function requireTrusted(file: string): void {
  if (process.geteuid?.() !== 0) return;
  const problems = exposures(createRealDisk(), file);
  const [first] = problems;
  if (first !== undefined) throw failure('SETTINGS_EXPOSED', first);
}

/**
 * Returns what lets others than root change what is read at `path`: the file, and every folder and link on the way, belongs to root
 * and is writable by nobody else. In a folder such as /tmp others can only add names.
 */
export function exposures(disk: Disk, path: string): readonly Omit<Problem, 'code'>[] {
  const onTheWay = new Map<string, DiskEntry>();
  const look = (place: string): DiskEntry | undefined => {
    const entry = disk.look(place);
    if (entry !== undefined) onTheWay.set(place, entry);
    return entry;
  };
  look('/');
  findPlace({ ...disk, look }, '', path);
  return [...onTheWay].flatMap(([place, entry]) => exposure(path, place, entry) ?? []);
}

const sticky = 0o1000;
const others = 0o022;

function exposure(path: string, place: string, { type, mode, owner }: DiskEntry): Omit<Problem, 'code'> | undefined {
  const words = { summary: `other users than root can change ${path}`, where: { file: path } };
  const why = 'What it names or does would run as root.';
  if (owner.uid !== 0) {
    const link = type === 'symlink' ? '-h ' : '';
    return {
      ...words,
      detail: `${place} belongs to user ${owner.uid}. ${why}`,
      remedy: `Look at its content, then: chown ${link}root ${place}`,
    };
  }
  if (type === 'symlink' || (mode & others) === 0 || (type === 'directory' && (mode & sticky) !== 0)) return undefined;
  const bits = (mode & 0o7777).toString(8).padStart(4, '0');
  return { ...words, detail: `${place} has the mode ${bits}. ${why}`, remedy: `Look at its content, then: chmod go-w ${place}` };
}
