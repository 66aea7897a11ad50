import { expect, it } from 'vitest';
import { formatDuration } from './duration.ts';

it.each([
  [-5, '0.0s'],
  [0, '0.0s'],
  [49, '0.0s'],
  [50, '0.1s'],
  [12_340, '12.3s'],
  [59_949, '59.9s'],
  [59_950, '1m00s'],
  [65_000, '1m05s'],
  [3_599_400, '59m59s'],
  [3_599_500, '1h00m'],
  [3_720_000, '1h02m'],
  [90_000_000, '25h00m'],
])('%i ms read as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
