import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pathsOf } from './open.ts';

describe('folders that flags move', () => {
  it.each([
    ['counts from the working directory', {}, resolve('kc')],
    ['counts from the root folder where there is one', { rootfs: '/image' }, '/kc'],
  ])('a relative one %s', (_, flags, expected) => {
    const paths = pathsOf('/etc/kubernetes/pki', { ...flags, 'kubeconfig-dir': './kc', kubeconfig: 'kc/admin.conf' });
    expect([paths.kubeconfigs, paths.adminKubeconfig]).toEqual([expected, `${expected}/admin.conf`]);
  });

  it('without flags are the usual ones', () => {
    expect(pathsOf('/etc/kubernetes/pki', {})).toMatchObject({
      kubeconfigs: '/etc/kubernetes',
      adminKubeconfig: '/etc/kubernetes/admin.conf',
    });
  });
});
