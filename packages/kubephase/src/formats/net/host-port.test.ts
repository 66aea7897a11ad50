import { expect, test } from 'vitest';
import { isPort, splitHostPort } from './host-port.ts';

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
