import { isProblemError } from 'phaserunner';
import { expect, test } from 'vitest';
import { createMemoryKubeApi } from '../../clients/kube/memory.ts';
import { addToken, putToken } from './write.ts';

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
