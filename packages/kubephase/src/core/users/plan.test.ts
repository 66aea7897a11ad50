import { isProblemError } from 'phaserunner';
import { describe, expect, test } from 'vitest';
import { planUsers, type UserFiles } from './plan.ts';

const fresh: UserFiles = { passwd: 'root:x:0:0:root:/root:/bin/bash\n', group: 'root:x:0:\n', loginDefs: undefined };

const plan = (changes: Partial<UserFiles>) => planUsers({ ...fresh, ...changes });

function summaries(changes: Partial<UserFiles>): readonly string[] {
  try {
    plan(changes);
  } catch (error) {
    if (isProblemError(error)) return error.problems.map((problem) => `${problem.code} ${problem.summary}`);
    throw error;
  }
  return [];
}

describe('users of components without root', () => {
  test('new ones get the lowest free IDs, users and groups apart', () => {
    const { passwd, group, users } = plan({ passwd: `${fresh.passwd}used:x:100:100::/:/bin/false`, group: `${fresh.group}used:x:102:\n` });
    expect(passwd).toBe(`${fresh.passwd}used:x:100:100::/:/bin/false
kubeadm-etcd:x:101:100:::/bin/false
kubeadm-kas:x:102:101:::/bin/false
kubeadm-kcm:x:103:103:::/bin/false
kubeadm-ks:x:104:104:::/bin/false
`);
    expect(group).toBe(`${fresh.group}used:x:102:
kubeadm-etcd:x:100:kubeadm-etcd
kubeadm-kas:x:101:kubeadm-kas
kubeadm-kcm:x:103:kubeadm-kcm
kubeadm-ks:x:104:kubeadm-ks
kubeadm-sa-key-readers:x:105:kubeadm-kas,kubeadm-kcm
`);
    expect(users).toEqual({
      etcd: { uid: 101, gid: 100 },
      kubeApiserver: { uid: 102, gid: 101 },
      kubeControllerManager: { uid: 103, gid: 103 },
      kubeScheduler: { uid: 104, gid: 104 },
      keyReaders: 105,
    });
  });

  test('a second run finds what the first one made', () => {
    const first = plan({});
    expect(plan({ passwd: first.passwd!, group: first.group! })).toEqual({ users: first.users, passwd: undefined, group: undefined });
  });

  test.each([
    ['the groups', (first: ReturnType<typeof plan>) => ({ group: first.group! })],
    ['the users', (first: ReturnType<typeof plan>) => ({ passwd: first.passwd! })],
  ])('a run that was killed after writing %s is completed with the same IDs', (_, half) => {
    const first = plan({});
    const second = plan(half(first));
    expect(second.users).toEqual(first.users);
    expect({ passwd: second.passwd ?? first.passwd, group: second.group ?? first.group }).toEqual({
      passwd: first.passwd,
      group: first.group,
    });
  });

  test('the limits of /etc/login.defs count', () => {
    const loginDefs = '# SYS_UID_MIN 1\n SYS_UID_MIN\t 201\nSYS_UID_MAX 999\nSYS_GID_MIN 301\nUID_MIN 1000\n';
    expect(plan({ loginDefs }).users.etcd).toEqual({ uid: 201, gid: 301 });
  });

  test.each<[string, Partial<UserFiles>, RegExp]>([
    ['a limit that is no number', { loginDefs: 'SYS_UID_MAX many' }, /SYS_UID_MAX in \/etc\/login.defs is not a number: many/],
    ['a malformed user', { passwd: 'root:x:0:0\n' }, /line 1 of \/etc\/passwd is malformed/],
    ['a user whose ID is no number', { passwd: 'root:x:zero:0:root:/root:/bin/bash' }, /line 1 of \/etc\/passwd is malformed/],
    ['a malformed group', { group: 'root:x:0:\n\n# comment\nbroken\n' }, /line 4 of \/etc\/group is malformed/],
    ['another shell', { passwd: 'kubeadm-ks:x:100:100:::/bin/sh\n' }, /kubeadm-ks has the shell \/bin\/sh instead of \/bin\/false/],
    ['an ID outside the range', { passwd: 'kubeadm-ks:x:2000:100:::/bin/false\n' }, /the ID 2000 of the user kubeadm-ks/],
    [
      'other members',
      { group: 'kubeadm-sa-key-readers:x:100:kubeadm-kas\n' },
      /has the members "kubeadm-kas" instead of "kubeadm-kas,kubeadm-kcm"/,
    ],
    [
      'a group of another name',
      { passwd: 'kubeadm-ks:x:100:100:::/bin/false\n', group: 'other:x:100:\n' },
      /the group 100 of the user kubeadm-ks is not named kubeadm-ks/,
    ],
    [
      'a group of another ID',
      { passwd: 'kubeadm-ks:x:100:100:::/bin/false\n', group: 'kubeadm-ks:x:101:kubeadm-ks\n' },
      /the group of the user kubeadm-ks is 100 instead of kubeadm-ks \(101\)/,
    ],
    ['no free ID', { loginDefs: 'SYS_UID_MIN 100\nSYS_UID_MAX 102\n' }, /no ID from 100 to 102 is free for kubeadm-ks/],
  ])('%s is an error', (...row) => {
    const [, changes, expected] = row;
    const found = summaries(changes);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
    expect(found[0]).toMatch(/^USERS_INVALID /);
  });

  test('all faults are reported together', () => {
    expect(summaries({ passwd: 'a\nkubeadm-ks:x:100:100:::/bin/sh\n', group: 'b\n' })).toHaveLength(3);
  });
});
