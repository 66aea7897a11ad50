import { expect, test } from 'vitest';
import { isGlobalUnicast, isLoopback, isUnspecified } from './scope.ts';

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
