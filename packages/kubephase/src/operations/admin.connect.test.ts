import { isProblemError } from 'phaserunner';
import { expect, test } from 'vitest';
import { createMemoryKubeApi, type MemoryKubeApi } from '../clients/kube/memory.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import { connectAsAdmin, type AdminConnection } from './admin.ts';

const own = '/etc/kubernetes/admin.conf';
const post = 'create ClusterRoleBinding kubeadm:cluster-admins';

interface Opened {
  readonly kubeconfig: string;
  readonly server?: string;
  readonly kube: MemoryKubeApi;
}

/** A connection that notes every client opened; the one of admin.conf is refused `refusals` times. */
function prepare(options: { readonly superAdmin: boolean; readonly kubeconfig?: string; readonly refusals?: number }) {
  const opened: Opened[] = [];
  const { files } = createMemoryHost({
    files: { [own]: 'admin', '/etc/kubernetes/super-admin.conf': 'super', '/root/other.conf': 'other' },
  });
  const connection = {
    files,
    config: {
      localAPIEndpoint: { advertiseAddress: 'fd00::1', bindPort: 7443 },
      timeouts: { kubernetesAPICallMs: 1000 } as AdminConnection['config']['timeouts'],
    },
    release: { traits: { superAdmin: options.superAdmin } as AdminConnection['release']['traits'] },
    kubeconfig: options.kubeconfig ?? own,
    ownKubeconfig: own,
    open: (access) => {
      const kube = createMemoryKubeApi();
      if (access.kubeconfig === 'admin') kube.failNext('create', 'KUBE_FORBIDDEN', options.refusals ?? 0);
      opened.push({ ...access, kube });
      return kube;
    },
  } satisfies AdminConnection;
  return { connection, opened };
}

test('the file of this node is used with the API server of this node', async () => {
  const { connection, opened } = prepare({ superAdmin: false });
  expect(await connectAsAdmin(connection)).toBe(opened[0]?.kube);
  expect(opened).toMatchObject([{ kubeconfig: 'admin', server: 'https://[fd00::1]:7443' }]);
  expect(opened[0]?.kube.requests).toEqual([]);
});

test('the administrator is bound first where RBAC gives its rights', async () => {
  const { connection, opened } = prepare({ superAdmin: true });
  expect(await connectAsAdmin(connection)).toBe(opened[0]?.kube);
  expect(opened.map(({ kube }) => kube.requests)).toEqual([[post], []]);
});

test('the super-administrator binds it when the administrator may not, and is not used further', async () => {
  const { connection, opened } = prepare({ superAdmin: true, refusals: 1 });
  expect(await connectAsAdmin(connection)).toBe(opened[0]?.kube);
  expect(opened.map(({ kubeconfig, server, kube }) => [kubeconfig, server, kube.requests])).toEqual([
    ['admin', 'https://[fd00::1]:7443', [post]],
    ['super', 'https://[fd00::1]:7443', [post]],
  ]);
});

test('another file is taken as it is', async () => {
  const { connection, opened } = prepare({ superAdmin: true, kubeconfig: '/root/other.conf' });
  await connectAsAdmin(connection);
  expect(opened).toMatchObject([{ kubeconfig: 'other' }]);
  expect(opened[0]?.server).toBeUndefined();
  expect(opened[0]?.kube.requests).toEqual([]);
});

test('a missing file is named', async () => {
  const { connection } = prepare({ superAdmin: true, kubeconfig: '/root/none.conf' });
  await expect(connectAsAdmin(connection)).rejects.toMatchObject({
    problem: {
      code: 'KUBECONFIG_INVALID',
      summary: 'there is no kubeconfig file /root/none.conf',
      detail: 'The Kubernetes API is used with its credentials.',
      remedy: 'Put it there, or name a file that exists with --kubeconfig.',
    },
  });
});

test.each(['/root/admin.conf', '/root/none.conf'])('no phase makes %s, which is missing elsewhere', async (kubeconfig) => {
  const { connection } = prepare({ superAdmin: true, kubeconfig });
  const error: unknown = await connectAsAdmin(connection).catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problem).not.toHaveProperty('make');
});
