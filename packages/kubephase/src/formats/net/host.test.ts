import { expect, test } from 'vitest';
import { isDnsSubdomain, isPort, isWildcardDnsSubdomain, splitHostPort, urlScheme } from './host.ts';

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

test.each([
  ['cp.k8s.io:8081', { host: 'cp.k8s.io', port: '8081' }],
  ['1.2.3.4:', { host: '1.2.3.4', port: '' }],
  ['[2001:db7::1]:8081', { host: '2001:db7::1', port: '8081' }],
  [':6443', { host: '', port: '6443' }],
  ['host:abc', { host: 'host', port: 'abc' }],
])('splits %s', (text, parts) => {
  expect(splitHostPort(text)).toEqual(parts);
});

test.each(['cp.k8s.io', '2001:db7::1', '[::1]', 'https://foo:6443', '[::1]x:1', ''])('%j has no host and port', (text) => {
  expect(splitHostPort(text)).toBeUndefined();
});

test.each([
  ['1', true],
  ['65535', true],
  ['0', false],
  ['65536', false],
  ['', false],
  ['-1', false],
  ['1e3', false],
])('%j is a port: %s', (text, is) => {
  expect(isPort(text)).toBe(is);
});

test.each([
  ['unix:///some/path', 'unix'],
  ['unix:/run/x.sock', 'unix'],
  ['unix://tcp://1.2.3.4:5', 'unix'],
  ['unix://:::', 'unix'],
  ['https://10.100.0.1:2379', 'https'],
  ['https://[::1]:2379/x', 'https'],
  ['HTTPS://a', 'https'],
  ['unixfoo', ''],
  ['example.com', ''],
  ['/some/path', ''],
])('the scheme of %s is %j', (text, scheme) => {
  expect(urlScheme(text)).toEqual({ scheme });
});

test.each(['unix://[::1', 'unix:///a%zz', '10.100.0.1:2379', '::://example.com', 'https://a b/c', 'https://a:b', 'https://[::1]a', 'a\nb'])(
  '%j is not a URL',
  (text) => {
    expect(urlScheme(text)).toHaveProperty('fault');
  },
);
