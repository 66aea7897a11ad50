/** Which users and groups the components of a control plane without root need, and how the files get them. */
import { ProblemError, type Problem } from 'phaserunner';
import { problem } from '../../problems/catalogue.ts';
import {
  appendLines,
  groupLine,
  readGroups,
  readLoginLimits,
  readUsers,
  userLine,
  type GroupEntry,
  type IdRange,
  type LoginLimits,
  type UserEntry,
} from './accounts.ts';

export const passwdFile = '/etc/passwd';
export const groupFile = '/etc/group';
export const loginFile = '/etc/login.defs';

/** A user with its own group. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** IDs of the components' users and of the group that may read the service account key. */
export interface ComponentUsers {
  readonly etcd: Owner;
  readonly kubeApiserver: Owner;
  readonly kubeControllerManager: Owner;
  readonly kubeScheduler: Owner;
  readonly keyReaders: number;
}

export interface UserFiles {
  readonly passwd: string;
  readonly group: string;
  /** Undefined when the file does not exist. */
  readonly loginDefs: string | undefined;
}

export interface UserPlan {
  readonly users: ComponentUsers;
  /** New text of a file; undefined when it stays as it is. */
  readonly passwd: string | undefined;
  readonly group: string | undefined;
}

const shell = '/bin/false';

/** In the order in which IDs are given out. */
const names = {
  etcd: 'kubeadm-etcd',
  kubeApiserver: 'kubeadm-kas',
  kubeControllerManager: 'kubeadm-kcm',
  kubeScheduler: 'kubeadm-ks',
} as const;
const keyReaders = { name: 'kubeadm-sa-key-readers', members: [names.kubeApiserver, names.kubeControllerManager] } as const;

/**
 * Entries that exist and match are used again, missing ones are added with the lowest free IDs, so that a run that
 * was killed half-way can be repeated. Throws all problems together: malformed lines, entries that do
 * not match, no free ID.
 */
export function planUsers(files: UserFiles): UserPlan {
  const limits = readLoginLimits(files.loginDefs, loginFile);
  const passwd = readUsers(files.passwd, passwdFile);
  const group = readGroups(files.group, groupFile);
  const ledger = new Ledger(passwd.entries, group.entries, limits);
  const entries = Object.entries(names).map(([key, name]) => [key, ledger.user(name)] as const);
  const readers = ledger.group(keyReaders.name, keyReaders.members);
  const problems = [...passwd.problems, ...group.problems, ...ledger.problems];
  if (problems.length > 0) throw new ProblemError(problems);
  return {
    users: { ...(Object.fromEntries(entries) as unknown as Omit<ComponentUsers, 'keyReaders'>), keyReaders: readers },
    passwd: ledger.newUsers.length === 0 ? undefined : appendLines(files.passwd, ledger.newUsers.map(userLine)),
    group: ledger.newGroups.length === 0 ? undefined : appendLines(files.group, ledger.newGroups.map(groupLine)),
  };
}

/** What exists, what is to be added, and what is wrong. */
class Ledger {
  readonly newUsers: UserEntry[] = [];
  readonly newGroups: GroupEntry[] = [];
  readonly problems: Problem[] = [];
  readonly #users: readonly UserEntry[];
  readonly #groups: readonly GroupEntry[];
  readonly #limits: LoginLimits;
  /** Groups of components' users that exist; an earlier run may have been killed before it wrote them. */
  readonly #reserved: readonly number[];

  constructor(users: readonly UserEntry[], groups: readonly GroupEntry[], limits: LoginLimits) {
    this.#users = users;
    this.#groups = groups;
    this.#limits = limits;
    const own: readonly string[] = Object.values(names);
    this.#reserved = users.filter((user) => own.includes(user.name)).map((user) => user.gid);
  }

  /** The user of that name with a group of the same name. */
  user(name: string): Owner {
    const existing = this.#users.find((user) => user.name === name);
    const gid = this.group(name, [name], existing?.gid);
    if (existing === undefined) {
      const uid = this.#free(
        this.#limits.uids,
        [...this.#users, ...this.newUsers].map((user) => user.uid),
        name,
      );
      this.newUsers.push({ name, uid, gid, shell });
      return { uid, gid };
    }
    this.#require(
      within(existing.uid, this.#limits.uids),
      passwdFile,
      `the ID ${existing.uid} of the user ${name} is not one of a system user`,
    );
    this.#require(existing.shell === shell, passwdFile, `the user ${name} has the shell ${existing.shell} instead of ${shell}`);
    this.#require(existing.gid === gid, passwdFile, `the group of the user ${name} is ${existing.gid} instead of ${name} (${gid})`);
    return { uid: existing.uid, gid };
  }

  /** @param wanted ID that a new group should have because a user refers to it already */
  group(name: string, members: readonly string[], wanted?: number): number {
    const existing = this.#groups.find((group) => group.name === name);
    if (existing === undefined) return this.#addGroup(name, members, wanted);
    this.#require(
      within(existing.gid, this.#limits.gids),
      groupFile,
      `the ID ${existing.gid} of the group ${name} is not one of a system group`,
    );
    const found = existing.members.join(',');
    this.#require(found === members.join(','), groupFile, `the group ${name} has the members "${found}" instead of "${members.join(',')}"`);
    return existing.gid;
  }

  #addGroup(name: string, members: readonly string[], wanted: number | undefined): number {
    const used = [...this.#groups, ...this.newGroups].map((group) => group.gid);
    const taken = wanted !== undefined && used.includes(wanted);
    this.#require(!taken, groupFile, `the group ${wanted} of the user ${name} is not named ${name}`);
    const gid = wanted ?? this.#free(this.#limits.gids, [...used, ...this.#reserved], name);
    if (!taken) this.newGroups.push({ name, gid, members });
    return gid;
  }

  #free(range: IdRange, used: readonly number[], name: string): number {
    const taken = new Set(used);
    for (let id = range.min; id <= range.max; id += 1) if (!taken.has(id)) return id;
    this.#require(false, loginFile, `no ID from ${range.min} to ${range.max} is free for ${name}`);
    return range.min;
  }

  #require(holds: boolean, file: string, summary: string): void {
    if (holds) return;
    const remedy = `Correct or remove the entry in ${file}, or turn off the feature gate RootlessControlPlane.`;
    this.problems.push(problem('USERS_INVALID', { summary, remedy, where: { file } }));
  }
}

function within(id: number, range: IdRange): boolean {
  return id >= range.min && id <= range.max;
}
