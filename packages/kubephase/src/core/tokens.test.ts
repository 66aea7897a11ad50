import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BootstrapToken } from '../config/types.ts';
import { generateToken, parseToken, tokenSecret } from './tokens.ts';

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

test.each([
  ['abcdef.0123456789abcdef', true],
  ['ABCDEF.0123456789abcdef', false],
  ['abcdef.0123456789abcde', false],
  ['abcdef.0123456789abcdef0', false],
  ['abcdef0123456789abcdef', false],
  ['abcdef.0123456789abcdef\n', false],
  ['', false],
])('parsing %j succeeds: %s', (text, valid) => {
  expect(parseToken(text) !== undefined).toBe(valid);
});

test('parsing splits at the dot', () => {
  expect(parseToken('abcdef.0123456789abcdef')).toEqual({ id: 'abcdef', secret: '0123456789abcdef' });
});

test('whatever the generator of random bytes returns, the result is a token', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(255)), (stream) => {
      const bytes = (length: number): Uint8Array => Uint8Array.from(stream.take(length));
      expect(parseToken(generateToken(bytes))).toBeDefined();
    }),
  );
});

test('bytes that would favour the first letters are thrown away', () => {
  const bytes = [252, 253, 254, 255, ...Array.from({ length: 40 }, (_, index) => index)];
  expect(generateToken((length) => Uint8Array.from(bytes.splice(0, length)))).toBe('012345.6789abcdefghijkl');
});

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
