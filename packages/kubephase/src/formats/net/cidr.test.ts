import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressAt, addressCount, formatCidr, isInCidr, overlaps, parseCidr } from './cidr.ts';

test.each([
  ['10.96.0.0/12', '10.96.0.0/12'],
  ['010.96.0.0/16', '10.96.0.0/16'],
  ['10.96.5.7/16', '10.96.0.0/16'],
  ['2001:db8::1/107', '2001:db8::/107'],
  ['::/0', '::/0'],
])('reads %s as %s', (text, canonical) => {
  expect(formatCidr(parseCidr(text)!)).toBe(canonical);
});

test.each(['10.96.0.0', 'foo', 'a.b.c.d/24', ' 10.96.0.0/16', '10.0.0.0/33', '::/129', '10.0.0.0/', '10.0.0.0/-1', ''])(
  'refuses %j',
  (text) => {
    expect(parseCidr(text)).toBeUndefined();
  },
);

test('addresses are counted from the first of the range', () => {
  expect(addressAt(parseCidr('10.96.0.0/12')!, 10)).toBe('10.96.0.10');
  expect(addressAt(parseCidr('fd00::/112')!, 10)).toBe('fd00::a');
  expect(addressAt(parseCidr('10.0.0.0/30')!, 4)).toBeUndefined();
  expect(addressAt(parseCidr('10.0.0.0/30')!, -1)).toBeUndefined();
  expect(addressCount(parseCidr('10.0.0.0/28')!)).toBe(16n);
});

test.each([
  ['10.0.0.0/8', '10.96.0.0/12', true],
  ['10.96.0.0/12', '10.0.0.0/8', true],
  ['10.244.0.0/16', '10.245.0.0/16', false],
  ['fd00::/56', 'fd00:0:0:100::/56', false],
  ['0.0.0.0/0', '::/0', false],
])('%s and %s share an address: %s', (a, b, shared) => {
  expect(overlaps(parseCidr(a)!, parseCidr(b)!)).toBe(shared);
});

test('an address lies in a range or not', () => {
  expect(isInCidr('127.8.8.8', '127.0.0.0/8')).toBe(true);
  expect(isInCidr('128.0.0.1', '127.0.0.0/8')).toBe(false);
  expect(isInCidr('::1', '127.0.0.0/8')).toBe(false);
});

test('every range survives printing and reading', () => {
  const ranges = fc.oneof(fc.tuple(fc.ipV4(), fc.nat(32)), fc.tuple(fc.ipV6(), fc.integer({ min: 97, max: 128 })));
  fc.assert(
    fc.property(ranges, ([address, length]) => {
      const range = parseCidr(`${address}/${length}`);
      fc.pre(range !== undefined);
      expect(parseCidr(formatCidr(range))).toEqual(range);
    }),
  );
});
