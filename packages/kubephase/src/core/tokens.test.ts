import { expect, test } from 'vitest';
import type { BootstrapToken } from '../config/types.ts';
import { tokenSecret } from './tokens.ts';

const token: BootstrapToken = {
  token: 'abcdef.0123456789abcdef',
  ttlMs: 86_400_000,
  usages: ['signing', 'authentication'],
  groups: ['system:bootstrappers:kubeadm:default-node-token'],
};
const now = Date.parse('2026-11-22T21:53:06.789Z');

function decoded(secret: { readonly [field: string]: unknown }): Readonly<Record<string, string>> {
  const data = secret['data'] as Readonly<Record<string, string>>;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}

test('the Secret holds the token in base64', () => {
  const secret = tokenSecret({ ...token, description: 'first' }, now);
  expect(secret).toMatchObject({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'bootstrap.kubernetes.io/token',
    metadata: { name: 'bootstrap-token-abcdef', namespace: 'kube-system' },
  });
  expect(decoded(secret)).toEqual({
    'token-id': 'abcdef',
    'token-secret': '0123456789abcdef',
    description: 'first',
    expiration: '2026-11-23T21:53:06Z',
    'usage-bootstrap-signing': 'true',
    'usage-bootstrap-authentication': 'true',
    'auth-extra-groups': 'system:bootstrappers:kubeadm:default-node-token',
  });
});

test.each([
  ['a lifetime of zero', { ttlMs: 0 }, undefined],
  ['a negative lifetime', { ttlMs: -1000 }, undefined],
  ['an expiry of its own', { expires: '2027-01-01T01:00:00+01:00' }, '2027-01-01T00:00:00Z'],
])('with %s the expiration is %s', (_, life, expiration) => {
  const { ttlMs: _ttl, ...rest } = token;
  expect(decoded(tokenSecret({ ...rest, ...life }, now))['expiration']).toBe(expiration);
});

test('keys without content are left out', () => {
  expect(Object.keys(decoded(tokenSecret({ token: token.token, description: '', usages: [], groups: [] }, now)))).toEqual([
    'token-id',
    'token-secret',
  ]);
});

test('several groups are joined by commas', () => {
  expect(decoded(tokenSecret({ ...token, groups: ['system:bootstrappers:a', 'system:bootstrappers:b'] }, now))['auth-extra-groups']).toBe(
    'system:bootstrappers:a,system:bootstrappers:b',
  );
});
