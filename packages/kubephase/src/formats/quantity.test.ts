import { expect, test } from 'vitest';
import { canonicalQuantity, isQuantity } from './quantity.ts';

test.each([
  ['1', '1'],
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['0.5', '500m'],
  ['.5', '500m'],
  ['1.', '1'],
  ['+2', '2'],
  ['-1000m', '-1'],
  ['100', '100'],
  ['1000', '1k'],
  ['1200k', '1200k'],
  ['1000000k', '1G'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['1536Ki', '1536Ki'],
  ['1024', '1024'],
  ['0.5Ki', '512'],
  ['1023Ki', '1023Ki'],
  ['0.0001Ki', '102400u'],
  ['1.0005Ki', '1024512m'],
  ['0', '0'],
  ['0Mi', '0'],
  ['000100m', '100m'],
  ['1e3', '1e3'],
  ['12E6', '12e6'],
  ['1e1', '10'],
  ['100e-1', '10'],
  ['1e-3', '1e-3'],
  ['5E', '5E'],
  ['0.1n', '1n'],
  ['1000E', '1000E'],
])('the amount %s is written %s', (text, written) => {
  expect(isQuantity(text)).toBe(true);
  expect(canonicalQuantity(text)).toBe(written);
});

test.each(['', 'm', '1 Gi', '1GiB', '1,5', 'abc', '--1', '1e'])('%j is no amount and stays', (text) => {
  expect(isQuantity(text)).toBe(false);
  expect(canonicalQuantity(text)).toBe(text);
});

test('a power of ten that would fill the memory stays as it is', () => {
  expect(canonicalQuantity('1e999999999')).toBe('1e999999999');
});
