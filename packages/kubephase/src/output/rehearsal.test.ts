import { describe, expect, it } from 'vitest';
import { contentsOf, filesOf, type PlannedAction } from './rehearsal.ts';

const actions: readonly PlannedAction[] = [
  {
    phase: 'certs/ca',
    action: { kind: 'write-file', summary: 'write /pki/ca.key (0600, 9 bytes)', path: '/pki/ca.key', mode: '0600', secret: true },
  },
  {
    phase: 'etcd/local',
    action: { kind: 'write-file', summary: 'write /m/etcd.yaml (0600, 5 bytes)', path: '/m/etcd.yaml', mode: '0600', content: 'a: 1\n\n' },
  },
  {
    phase: 'addon/coredns',
    action: {
      kind: 'create-object',
      summary: 'create ServiceAccount kube-system/coredns',
      object: { kind: 'ServiceAccount', apiVersion: 'v1' },
    },
  },
  { phase: 'kubelet-start', action: { kind: 'stop-service', summary: 'stop the service kubelet' } },
];

describe('the end of a rehearsal', () => {
  it('shows files and objects as documents that name their phase, but no secret file', async () => {
    expect(await contentsOf(actions)).toBe(`\
---
# [etcd/local] write /m/etcd.yaml (0600, 5 bytes)
a: 1
---
# [addon/coredns] create ServiceAccount kube-system/coredns
apiVersion: v1
kind: ServiceAccount
`);
  });

  it('draws the files below a heading that says where they are', () => {
    expect(filesOf(actions, '/tmp/x')).toMatch(/^This would be created \(the files are in \/tmp\/x\):\n\/m\/\n/);
    expect(filesOf([], '/tmp/x')).toBe('');
  });
});
