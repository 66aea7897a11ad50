import { isProblemError } from 'phaserunner';
import { fakeClock } from 'phaserunner/testing';
import { expect, test } from 'vitest';
import type { KubeCode } from '../clients/kube/failure.ts';
import { createMemoryKubeApi, type MemoryKubeApi } from '../clients/kube/memory.ts';
import { clusterAdminsBinding } from '../core/cluster-objects/rbac.ts';
import { bootstrapAdmin } from './admin.ts';

const post = 'create ClusterRoleBinding kubeadm:cluster-admins';

/** An API that first refuses `times` writes. */
function refusing(code: KubeCode, times: number): MemoryKubeApi {
  const kube = createMemoryKubeApi();
  kube.failNext('create', code, times);
  return kube;
}

interface Case {
  readonly admin: MemoryKubeApi;
  readonly superAdmin?: MemoryKubeApi;
  /** Code of the failure; absent when the binding is there in the end. */
  readonly code?: string;
  readonly posts: readonly [admin: number, superAdmin: number];
}

test.each<[string, Case]>([
  ['admin.conf may create it', { admin: createMemoryKubeApi(), posts: [1, 0] }],
  ['it exists already', { admin: createMemoryKubeApi([clusterAdminsBinding()]), posts: [1, 0] }],
  ['the server is not up at first', { admin: refusing('KUBE_UNREACHABLE', 2), posts: [3, 0] }],
  ['the server never comes up', { admin: refusing('KUBE_UNREACHABLE', 99), code: 'ADMIN_BINDING_FAILED', posts: [6, 0] }],
  ['admin.conf may not, super-admin.conf may', { admin: refusing('KUBE_FORBIDDEN', 1), superAdmin: createMemoryKubeApi(), posts: [1, 1] }],
  [
    'admin.conf may not, and it appears meanwhile',
    { admin: refusing('KUBE_FORBIDDEN', 1), superAdmin: createMemoryKubeApi([clusterAdminsBinding()]), posts: [1, 1] },
  ],
  ['nobody can be asked', { admin: refusing('KUBE_FORBIDDEN', 1), code: 'SUPER_ADMIN_MISSING', posts: [1, 0] }],
  [
    'super-admin.conf is refused at first',
    { admin: refusing('KUBE_FORBIDDEN', 1), superAdmin: refusing('KUBE_FORBIDDEN', 1), posts: [1, 2] },
  ],
  [
    'super-admin.conf is always refused',
    { admin: refusing('KUBE_FORBIDDEN', 1), superAdmin: refusing('KUBE_FORBIDDEN', 99), code: 'ADMIN_BINDING_FAILED', posts: [1, 6] },
  ],
])('when %s, the outcome is right', async (_, { admin, superAdmin, code, posts }) => {
  const clock = fakeClock();
  const outcome = bootstrapAdmin({ admin, superAdmin, windowMs: 1000, clock }).catch((error: unknown) => error);
  await clock.advance(5000);
  const error = await outcome;
  expect(isProblemError(error) ? error.problem.code : error).toBe(code);
  expect(admin.requests).toEqual(Array.from({ length: posts[0] }, () => post));
  expect(superAdmin?.requests ?? []).toEqual(Array.from({ length: posts[1] }, () => post));
});

test('a failure tells which file was used and what the server said', async () => {
  const clock = fakeClock();
  const admin = refusing('KUBE_FORBIDDEN', 1);
  const outcome = bootstrapAdmin({ admin, superAdmin: refusing('KUBE_UNREACHABLE', 99), windowMs: 1000, clock }).catch(
    (error: unknown) => error,
  );
  await clock.advance(5000);
  const error = await outcome;
  expect(isProblemError(error) && error.problem.summary).toContain('super-admin.conf');
  expect(isProblemError(error) && error.problem.cause).toBeInstanceOf(Error);
});
