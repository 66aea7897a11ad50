import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { initConfig } from '../../../test/fixtures/init-config.ts';
import { pathsOf } from './request.ts';

describe('folders that flags move', () => {
  it.each([
    ['counts from the working directory', {}, resolve('kc')],
    ['counts from the root folder where there is one', { rootfs: '/image' }, '/kc'],
  ])('a relative one %s', (_, flags, expected) => {
    const paths = pathsOf(initConfig(), { ...flags, 'kubeconfig-dir': './kc', kubeconfig: 'kc/admin.conf' });
    expect([paths.kubeconfigs, paths.adminKubeconfig]).toEqual([expected, `${expected}/admin.conf`]);
  });

  it('without flags are the usual ones', () => {
    expect(pathsOf(initConfig(), {})).toMatchObject({ kubeconfigs: '/etc/kubernetes', adminKubeconfig: '/etc/kubernetes/admin.conf' });
  });
});
