import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalIp, ipBytes, ipFamily, joinHostPort, urlHost } from './address.ts';

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
