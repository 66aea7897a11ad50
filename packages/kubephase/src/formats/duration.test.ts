import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatGoDuration, parseDuration } from './duration.ts';

test.each([
  ['24h0m0s', 86_400_000],
  ['1m30s', 90_000],
  ['1.5s', 1500],
  ['100ms', 100],
  ['1.1h', 3_960_000],
  ['.5h', 1_800_000],
  ['2us', 0.002],
  ['2µs', 0.002],
  ['5ns', 0.000005],
  ['-5m', -300_000],
  ['+5m', 300_000],
  ['0', 0],
  ['-0', 0],
])('reads %s', (text, ms) => {
  expect(parseDuration(text)).toBeCloseTo(ms, 9);
});

test.each(['', '5', '1d', '1y', '5 minutes', '1h ', 'h', '.', '.s', '1h-1m', '9999999h', '1e3s'])('refuses %j', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  [86_400_000, '24h0m0s'],
  [90_000, '1m30s'],
  [1500, '1.5s'],
  [100, '100ms'],
  [0.002, '2µs'],
  [0.000005, '5ns'],
  [0, '0s'],
  [-300_000, '-5m0s'],
])('prints %d milliseconds as %s', (ms, text) => {
  expect(formatGoDuration(ms)).toBe(text);
});

test('every whole number of milliseconds survives printing and reading', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 43), max: 2 ** 43 }), (ms) => {
      expect(parseDuration(formatGoDuration(ms))).toBe(ms);
    }),
  );
});
