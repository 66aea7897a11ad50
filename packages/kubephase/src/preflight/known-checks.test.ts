import { describe, expect, it, test } from 'vitest';
import { isCheckName } from './check-names.ts';
import { findKnownCheck, knownChecks } from './known-checks.ts';

describe('the list of checks', () => {
  it('begins with the rights of the user, ends with the images, and has each name once', async () => {
    const names = (await knownChecks()).map(({ name }) => name);
    expect(names.at(0)).toBe('IsPrivilegedUser');
    expect(names.at(-1)).toBe('ImagePull');
    expect(names).toEqual([...new Set(names)]);
    expect(names.filter((name) => !isCheckName(name))).toEqual([]);
  });

  it('has the checks of every kind of cluster', async () => {
    const only = new Map((await knownChecks()).map((check) => [check.name, check.only]));
    expect(only.get('Port-6443')).toBeUndefined();
    expect(only.has('FileContent--proc-sys-net-ipv6-conf-default-forwarding')).toBe(true);
    expect(only.get('ExternalEtcdVersion')).toBe('with etcd outside the cluster');
    expect(only.get('FileExisting-conntrack')).toBe('for older versions of Kubernetes');
    expect(only.get('FileContent--proc-sys-net-bridge-bridge-nf-call-iptables')).toBe('for older versions of Kubernetes');
  });

  it('says of each what it looks at', async () => {
    for (const { about } of await knownChecks()) expect(about).toMatch(/^[A-Z].{30,}\.$/);
  });
});

test.each([
  ['swap', 'Swap', ['init'], /swap/],
  ['port-7443', 'Port-7443', ['init'], /port 7443/],
  ['FileAvailable--data-x', 'FileAvailable--data-x', ['init'], /this path/],
  ['DirAvailable--data-e', 'DirAvailable--data-e', ['init'], /this folder/],
  ['FileExisting-crictl', 'FileExisting-crictl', ['init'], /crictl/],
  ['CreateJob', 'CreateJob', [], /`upgrade`/],
  ['IsDockerSystemdCheck', 'IsDockerSystemdCheck', [], /no effect/],
] as const)('%s is described', async (...[asked, name, commands, about]) => {
  expect(await findKnownCheck(asked)).toMatchObject({ name, commands, about: expect.stringMatching(about) as string });
});

it('knows nothing of other names', async () => {
  expect(await findKnownCheck('Swapp')).toBeUndefined();
});
