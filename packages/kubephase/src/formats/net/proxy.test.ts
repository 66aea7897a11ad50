import { expect, test } from 'vitest';
import { httpsProxyFor } from './proxy.ts';

const proxy = 'http://proxy.example:3128/';

test.each([
  ['HTTPS_PROXY', { HTTPS_PROXY: 'http://proxy.example:3128' }, proxy],
  ['https_proxy', { https_proxy: 'http://proxy.example:3128' }, proxy],
  ['HTTPS_PROXY before https_proxy', { HTTPS_PROXY: 'http://proxy.example:3128', https_proxy: 'http://other.example' }, proxy],
  ['https_proxy where the other one is empty', { HTTPS_PROXY: '', https_proxy: 'http://proxy.example:3128' }, proxy],
  ['HTTPS_PROXY without scheme', { HTTPS_PROXY: 'proxy.example:3128' }, proxy],
  ['HTTPS_PROXY that is no URL', { HTTPS_PROXY: ':' }, undefined],
  ['HTTP_PROXY alone', { HTTP_PROXY: 'http://proxy.example:3128', http_proxy: 'http://proxy.example:3128' }, undefined],
  ['nothing', {}, undefined],
])('%s decides on the proxy', (_, environment, expected) => {
  expect(httpsProxyFor('192.0.2.1', 443, environment)?.href).toBe(expected);
});

test.each([
  ['192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1', '192.0.2.10', false],
  ['192.0.2.1', 'a.example, 192.0.2.0/24', true],
  ['192.0.2.1', '198.51.100.0/24', false],
  ['192.0.2.1', '192.0.2.1:443', true],
  ['192.0.2.1', '192.0.2.1:6443', false],
  ['192.0.2.1', '*', true],
  ['192.0.2.1', '', false],
  ['192.0.2.1', ',:443,', false],
  ['2001:db8::1', '2001:DB8:0::1', true],
  ['2001:db8::1', '[2001:db8::1]:443', true],
  ['2001:db8::1', '[2001:db8::1]:80', false],
  ['2001:db8::1', '2001:db8::/32', true],
  ['127.0.0.2', '', true],
  ['::1', '', true],
  ['localhost', '', true],
  ['api.example.org', 'example.org', true],
  ['API.Example.org', 'eXample.org', true],
  ['example.org', 'example.org', true],
  ['notexample.org', 'example.org', false],
  ['api.example.org', '.example.org', true],
  ['example.org', '.example.org', false],
  ['api.example.org', '*.example.org', true],
  ['example.org', '*.example.org', false],
  ['api.example.org', 'example.org:443', true],
  ['api.example.org', 'example.org:80', false],
  ['api.example.org', '192.0.2.0/24', false],
])('a request to %s goes straight with NO_PROXY=%s: %s', (host, exceptions, straight) => {
  const environment = { HTTPS_PROXY: 'http://proxy.example:3128', no_proxy: exceptions };
  expect(httpsProxyFor(host, 443, environment) === undefined).toBe(straight);
});
