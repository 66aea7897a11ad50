import { describe, expect, it, test } from 'vitest';
import { isCheckName, nearestCheckName, unknownIgnoredChecks } from './check-names.ts';

test.each([
  'NumCPU',
  'numcpu',
  'port-7443',
  'FileAvailable--etc-kubernetes-manifests-etcd.yaml',
  'diravailable--data-e',
  'FileContent--proc-sys-net-bridge-bridge-nf-call-iptables',
  'FileExisting-crictl',
  'FileExisting-socat',
  'FileExisting--usr-bin-ip',
  'Service-kubelet',
  'CoreDNSMigration',
  'isdockersystemdcheck',
])('%s is the name of a check', (name) => {
  expect(isCheckName(name)).toBe(true);
});

test.each([
  ['swapp', 'Swap'],
  ['NumCPUs', 'NumCPU'],
  ['Port6443', 'Port-6443'],
  ['port-', undefined],
  ['FileAvailable-etc-kubernetes-manifests-etcd.yaml', 'FileAvailable--etc-kubernetes-manifests-etcd.yaml'],
  ['FileExisting-conntrac', 'FileExisting-conntrack'],
  ['DirAvailable-var-lib-etcd', 'DirAvailable--var-lib-etcd'],
  ['SystemVerifications', 'SystemVerification'],
  ['service-kublet', 'Service-kubelet'],
  ['FileContent--proc-sys-net-ipv4-ip-forward', 'FileContent--proc-sys-net-ipv4-ip_forward'],
  ['something-else-entirely', undefined],
])('%s is none, and was probably meant to be %s', (name, meant) => {
  expect(isCheckName(name)).toBe(false);
  expect(nearestCheckName(name)).toBe(meant);
});

describe('the list of ignored checks', () => {
  it('may hold all, names of any version, and names with values', () => {
    expect(unknownIgnoredChecks(['all'])).toEqual([]);
    expect(unknownIgnoredChecks(['swap', 'port-6443', 'fileexisting-crictl'])).toEqual([]);
  });

  it('has a problem for each misspelt name', () => {
    const problems = unknownIgnoredChecks(['swap', 'swapp', 'perhaps-this']);
    expect(problems.map(({ code, summary, remedy }) => [code, summary, remedy])).toEqual([
      ['PREFLIGHT_CHECK_UNKNOWN', 'there is no preflight check "swapp"', 'Did you mean Swap? `preflight list` shows all checks.'],
      ['PREFLIGHT_CHECK_UNKNOWN', 'there is no preflight check "perhaps-this"', '`preflight list` shows all checks.'],
    ]);
  });
});
