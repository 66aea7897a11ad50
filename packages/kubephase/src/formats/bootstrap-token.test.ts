import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { generateToken, parseToken } from './bootstrap-token.ts';

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
