import { isProblemError } from 'phaserunner';
import { runPhase } from 'phaserunner/testing';
import { expect, test } from 'vitest';
import { adminConf } from '../../test/fixtures/admin-conf.ts';
import { find, parseYaml, textOf } from '../../test/fixtures/cluster-objects.ts';
import { initContext, succeed } from '../../test/fixtures/init-context.ts';
import { createMemoryKubeApi } from '../clients/kube/memory.ts';
import { bootstrapToken } from '../commands/init/phases.ts';
import { addToken, putToken } from './bootstrap-token.ts';

const token = { token: 'abcdef.0123456789abcdef', ttlMs: 0, usages: ['signing'], groups: [] };
const other = { ...token, token: 'abcdef.fedcba9876543210' };
const write = { windowMs: 1000, nowMs: 0 };

function secretOf(kube: ReturnType<typeof createMemoryKubeApi>): string {
  const data = kube.objects()[0]?.['data'] as Readonly<Record<string, string>>;
  return Buffer.from(data['token-secret'] ?? '', 'base64').toString();
}

test('putting a token replaces one with the same id', async () => {
  const kube = createMemoryKubeApi();
  await putToken(kube, token, write);
  await putToken(kube, other, write);
  expect(kube.objects()).toHaveLength(1);
  expect(secretOf(kube)).toBe('fedcba9876543210');
});

test('adding a token refuses an id that is taken, without telling a secret', async () => {
  const kube = createMemoryKubeApi();
  expect(await addToken(kube, token, write)).toBe('bootstrap-token-abcdef');
  const error: unknown = await addToken(kube, other, write).catch((reason: unknown) => reason);
  expect(isProblemError(error) && error.problem).toMatchObject({
    code: 'TOKEN_EXISTS',
    summary: expect.stringContaining('abcdef') as string,
  });
  expect(JSON.stringify(error)).not.toContain('fedcba9876543210');
  expect(secretOf(kube)).toBe('0123456789abcdef');
});

test('bootstrap-token writes tokens, rights and cluster-info in the order of the reference', async () => {
  const { kube, requests } = await succeed(bootstrapToken, { host: { files: adminConf } });
  expect(requests).toEqual([
    'create Secret kube-system/bootstrap-token-abcdef',
    'create ClusterRole kubeadm:get-nodes',
    'create ClusterRoleBinding kubeadm:get-nodes',
    'create ClusterRoleBinding kubeadm:kubelet-bootstrap',
    'create ClusterRoleBinding kubeadm:node-autoapprove-bootstrap',
    'create ClusterRoleBinding kubeadm:node-autoapprove-certificate-rotation',
    'create ClusterRoleBinding kubeadm:apiserver-kubelet-client',
    'create ConfigMap kube-public/cluster-info',
    'create Role kube-public/kubeadm:bootstrap-signer-clusterinfo',
    'create RoleBinding kube-public/kubeadm:bootstrap-signer-clusterinfo',
  ]);
  expect(parseYaml(textOf(find(kube.objects(), 'ConfigMap', 'cluster-info'), 'kubeconfig'))).toMatchObject({
    clusters: [{ name: '', cluster: { server: 'https://cp.example.test:6443' } }],
  });
});

test('bootstrap-token replaces what an earlier run wrote', async () => {
  const context = initContext({ host: { files: adminConf } });
  expect(await runPhase(bootstrapToken, context)).toMatchObject({ status: 'succeeded' });
  const first = context.kube.objects().map((object) => object.metadata.name);
  expect(await runPhase(bootstrapToken, context)).toMatchObject({ status: 'succeeded' });
  expect(context.kube.objects().map((object) => object.metadata.name)).toEqual(first);
  expect(context.kube.requests.filter((request) => request.startsWith('replace'))).toHaveLength(first.length);
});

test('bootstrap-token shows the token only where it was asked for, never in messages', async () => {
  const shown = await succeed(bootstrapToken, { host: { files: adminConf } });
  expect(shown.printed.join('')).toContain('abcdef.0123456789abcdef');
  expect(shown.fields.get('bootstrapTokens')).toEqual(['abcdef.0123456789abcdef']);
  const hidden = await succeed(bootstrapToken, { host: { files: adminConf }, options: { skipTokenPrint: true } });
  expect([...hidden.printed, ...hidden.fields.values()]).toEqual([]);
  expect([...shown.lines, ...hidden.lines].join('\n')).not.toContain('0123456789abcdef');
});

test('bootstrap-token writes nothing without the kubeconfig', async () => {
  const context = initContext();
  expect(await runPhase(bootstrapToken, context)).toMatchObject({ status: 'failed', problems: [{ code: 'PHASE_NEEDS_MISSING' }] });
  expect(context.kube.requests).toEqual([]);
});
