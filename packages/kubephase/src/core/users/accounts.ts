/** The lines of /etc/passwd and /etc/group, and the IDs that /etc/login.defs leaves to system users. */
import type { Problem } from 'phaserunner';
import { failure, problem } from '../../problems/catalogue.ts';

export interface UserEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly shell: string;
}

export interface GroupEntry {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

interface Entries<T> {
  readonly entries: readonly T[];
  readonly problems: readonly Problem[];
}

/** Lines are `name:password:uid:gid:comment:home:shell`; blank lines and comments count for nothing. */
export function readUsers(text: string, file: string): Entries<UserEntry> {
  return readLines(text, file, (fields) => {
    const [name, , uid, gid, , , shell] = fields;
    if (fields.length !== 7 || !name || shell === undefined) return undefined;
    const ids = [number(uid), number(gid)];
    const [userId, groupId] = ids;
    return userId === undefined || groupId === undefined ? undefined : { name, uid: userId, gid: groupId, shell };
  });
}

/** Lines are `name:password:gid:member,member`. */
export function readGroups(text: string, file: string): Entries<GroupEntry> {
  return readLines(text, file, (fields) => {
    const [name, , id, members] = fields;
    const gid = number(id);
    if (fields.length !== 4 || !name || gid === undefined || members === undefined) return undefined;
    return { name, gid, members: members === '' ? [] : members.split(',') };
  });
}

/** Text of a new user: without password, home and login. */
export function userLine({ name, uid, gid, shell }: UserEntry): string {
  return `${name}:x:${uid}:${gid}:::${shell}`;
}

export function groupLine({ name, gid, members }: GroupEntry): string {
  return `${name}:x:${gid}:${members.join(',')}`;
}

/** Returns `text` with `lines` behind it, each on a line of its own. */
export function appendLines(text: string, lines: readonly string[]): string {
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${text}${end}${lines.map((line) => `${line}\n`).join('')}`;
}

function readLines<T>(text: string, file: string, read: (fields: readonly string[]) => T | undefined): Entries<T> {
  const entries: T[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(#.*)?$/.test(line)) continue;
    const entry = read(line.split(':'));
    if (entry === undefined) problems.push(malformed(file, index + 1));
    else entries.push(entry);
  }
  return { entries, problems };
}

/** The line itself stays out of the message: in old systems it holds a password. */
function malformed(file: string, line: number): Problem {
  return problem('USERS_INVALID', {
    summary: `line ${line} of ${file} is malformed`,
    remedy: `Correct the line; see the manual page of ${file.slice(file.lastIndexOf('/') + 1)}(5).`,
    where: { file, line },
  });
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

export interface IdRange {
  readonly min: number;
  readonly max: number;
}

export interface LoginLimits {
  readonly uids: IdRange;
  readonly gids: IdRange;
}

/** Reads SYS_UID_MIN, SYS_UID_MAX, SYS_GID_MIN and SYS_GID_MAX; 100 to 999 where they are not set. */
export function readLoginLimits(text: string | undefined, file: string): LoginLimits {
  const limit = (name: string, otherwise: number): number => {
    const value = new RegExp(`^\\s*${name}\\s+(\\S+)`, 'm').exec(text ?? '')?.[1];
    if (value === undefined) return otherwise;
    if (/^\d+$/.test(value)) return Number(value);
    throw failure('USERS_INVALID', {
      summary: `${name} in ${file} is not a number: ${value}`,
      remedy: `Give ${name} a number, such as ${otherwise}.`,
      where: { file, field: name },
    });
  };
  return {
    uids: { min: limit('SYS_UID_MIN', 100), max: limit('SYS_UID_MAX', 999) },
    gids: { min: limit('SYS_GID_MIN', 100), max: limit('SYS_GID_MAX', 999) },
  };
}
