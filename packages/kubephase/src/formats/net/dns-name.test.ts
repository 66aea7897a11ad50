import { expect, test } from 'vitest';
import { isDnsSubdomain, isWildcardDnsSubdomain } from './dns-name.ts';

test.each(['a', 'node.sub', 'my-hostname', '1.2.34', 'x'.repeat(253)])('%s is a subdomain', (name) => {
  expect(isDnsSubdomain(name)).toBe(true);
});

test.each(['', 'Upper', 'a_b', '-x', 'x-', 'my.org.', '.a', 'a..b', '*.a', 'x'.repeat(254)])('%j is not a subdomain', (name) => {
  expect(isDnsSubdomain(name)).toBe(false);
});

test.each([
  ['*.my-hostname2', true],
  ['*', false],
  ['*.', false],
  ['**.x', false],
  ['*.*.x', false],
  ['a.*.x', false],
])('%s is a wildcard: %s', (name, is) => {
  expect(isWildcardDnsSubdomain(name)).toBe(is);
});
