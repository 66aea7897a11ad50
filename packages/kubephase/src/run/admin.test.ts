import { describe, expect, it } from 'vitest';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { createMemoryKubeApi } from '../clients/kube/memory.ts';
import { parseVersion } from '../formats/version.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import type { KubeAccess } from '../operations/admin.ts';
import { newestRelease, releaseFor } from '../releases/index.ts';
import { connectOnControlPlane } from './admin.ts';
import { usualPaths, type NodePaths } from './context.ts';

const files = {
  '/etc/kubernetes/admin.conf': 'of this node',
  '/etc/kubernetes/super-admin.conf': 'of the super-administrator',
  '/kc/admin.conf': 'of another folder',
};

/** Without a super-administrator, so that only the kubeconfig of the run is opened. */
const oldRelease = releaseFor(parseVersion('v1.28.0')!)!;

interface Run {
  readonly paths?: Partial<NodePaths>;
  readonly release?: typeof oldRelease;
  readonly signal?: AbortSignal;
}

/** Connects, and returns with what clients were opened. */
async function connect({ paths, release = oldRelease, signal = new AbortController().signal }: Run = {}) {
  const opened: KubeAccess[] = [];
  const config = initConfig({ localAPIEndpoint: { advertiseAddress: '192.0.2.7', bindPort: 7443 } });
  await connectOnControlPlane(
    { config, release, paths: { ...usualPaths('/pki'), ...paths } },
    {
      host: createMemoryHost({ files }),
      open: (access) => {
        opened.push(access);
        return createMemoryKubeApi();
      },
      tell: () => undefined,
      signal,
    },
  );
  return opened;
}

describe('the API for commands on a control plane node', () => {
  it('is used with the file of this node, and with the API server of this node', async () => {
    expect(await connect()).toEqual([{ kubeconfig: 'of this node', file: '/etc/kubernetes/admin.conf', server: 'https://192.0.2.7:7443' }]);
  });

  it('is used with another file as that file says', async () => {
    expect(await connect({ paths: { adminKubeconfig: '/kc/admin.conf' }, release: newestRelease() })).toEqual([
      { kubeconfig: 'of another folder', file: '/kc/admin.conf' },
    ]);
  });

  it('is used with the file of this node although the run writes its kubeconfig files elsewhere', async () => {
    expect(await connect({ paths: { kubeconfigs: '/kc' } })).toMatchObject([
      { file: '/etc/kubernetes/admin.conf', server: expect.any(String) },
    ]);
  });

  it('is opened for the super-administrator too where the administrator has to be given rights', async () => {
    const opened = await connect({ release: newestRelease() });
    expect(opened.map(({ file, server }) => [file, server])).toEqual([
      ['/etc/kubernetes/admin.conf', 'https://192.0.2.7:7443'],
      ['/etc/kubernetes/super-admin.conf', 'https://192.0.2.7:7443'],
    ]);
  });

  it('is not waited for once the run is interrupted', async () => {
    const reason = new Error('interrupted by SIGINT');
    await expect(connect({ release: newestRelease(), signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
