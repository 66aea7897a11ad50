import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addressAt,
  addressCount,
  canonicalIp,
  formatCidr,
  ipBytes,
  ipFamily,
  isGlobalUnicast,
  isInCidr,
  isLoopback,
  isUnspecified,
  joinHostPort,
  overlaps,
  parseCidr,
  urlHost,
} from './address.ts';

test.each([
  ['1.2.3.4', '1.2.3.4'],
  ['010.1.1.1', '10.1.1.1'],
  ['2001:DB8:0::7', '2001:db8::7'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['::ffff:a00:1', '10.0.0.1'],
  ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
  ['::1.2.3.4', '::102:304'],
  ['0::0', '::'],
])('reads %s as %s', (text, canonical) => {
  expect(canonicalIp(text)).toBe(canonical);
});

test.each(['', 'foo', '1.2', '1.2.3.4/16', '256.1.1.1', '[::1]', 'fe80::1%eth0', '1.2.3.4 '])('refuses %j', (text) => {
  expect(canonicalIp(text)).toBeUndefined();
});

test('IPv6 hosts get brackets before a port and in URLs, others do not', () => {
  expect(joinHostPort('::1', 6443)).toBe('[::1]:6443');
  expect(joinHostPort('a.example', 6443)).toBe('a.example:6443');
  expect(urlHost('::1')).toBe('[::1]');
  expect(urlHost('1.2.3.4')).toBe('1.2.3.4');
});

test('bytes are those of the address', () => {
  expect([...ipBytes('1.2.3.4')]).toEqual([1, 2, 3, 4]);
  expect([...ipBytes('2001:db8::7')]).toEqual([0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7]);
});

test('canonical text stays as it is', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      const canonical = canonicalIp(text)!;
      expect(canonicalIp(canonical)).toBe(canonical);
      expect(ipBytes(canonical)).toHaveLength(ipFamily(canonical) === 4 ? 4 : 16);
    }),
  );
});

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

test.each(['1.2.3.4', '10.0.0.1', 'fc00::1', '2001:db8::1'])('%s is global', (address) => {
  expect(isGlobalUnicast(address)).toBe(true);
});

test.each(['0.0.0.0', '::', '127.0.0.1', '::1', '224.0.0.1', 'ff02::1', '169.254.1.1', 'fe80::1', '255.255.255.255'])(
  '%s is not global',
  (address) => {
    expect(isGlobalUnicast(address)).toBe(false);
  },
);

test('loopback and unspecified addresses are recognised in both families', () => {
  expect(['127.9.9.9', '::1', '10.0.0.1'].map((address) => isLoopback(address))).toEqual([true, true, false]);
  expect(['0.0.0.0', '::', '::1'].map((address) => isUnspecified(address))).toEqual([true, true, false]);
});
