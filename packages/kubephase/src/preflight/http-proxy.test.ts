import { expect, it, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { httpProxy, httpProxyCidr } from './http-proxy.ts';

const proxied = { HTTPS_PROXY: 'http://proxy.example:3128' };

test.each([
  ['192.0.2.10', {}, undefined],
  ['192.0.2.10', proxied, 'requests to https://192.0.2.10 go through the proxy http://proxy.example:3128'],
  ['2001:db8::1', proxied, 'requests to https://[2001:db8::1] go through the proxy http://proxy.example:3128'],
  ['192.0.2.10', { ...proxied, NO_PROXY: '192.0.2.0/24' }, undefined],
  ['192.0.2.10', { HTTP_PROXY: 'http://proxy.example:3128' }, undefined],
])('an API server at %s with %j', async (address, environment, expected) => {
  const findings = await httpProxy(address).run(checkContext({ host: { environment } }));
  expect(findings.map(({ summary }) => summary)).toEqual(expected === undefined ? [] : [expected]);
});

it('keeps the credentials of the proxy to itself', async () => {
  const environment = { HTTPS_PROXY: 'http://alice:s3cret@proxy.example:3128/alice?s3cret' };
  const findings = await httpProxy('192.0.2.10').run(checkContext({ host: { environment } }));
  expect(findings[0]?.summary).toContain('http://***@proxy.example:3128');
  expect(JSON.stringify(findings)).not.toMatch(/alice|s3cret/);
});

test.each<[readonly string[], Readonly<Record<string, string>>, readonly (readonly [string, string | undefined])[]]>([
  [[], proxied, []],
  [['10.96.0.0/12'], { ...proxied, no_proxy: '10.96.0.0/12' }, []],
  [
    ['10.96.0.0/12', 'fd00::/112'],
    { ...proxied, no_proxy: '10.0.0.0/8' },
    [['requests into the Pod network fd00::/112 go through the proxy http://proxy.example:3128', undefined]],
  ],
  [['192.0.2.7/32'], { ...proxied, no_proxy: '192.0.2.7' }, []],
  [['10.96.0.0'], {}, [['"10.96.0.0" of the Pod network is not an IP range', 'error']]],
])('ranges %j with %j', async (cidrs, environment, expected) => {
  const findings = await httpProxyCidr('Pod', cidrs).run(checkContext({ host: { environment } }));
  expect(findings.map(({ summary, severity }) => [summary, severity])).toEqual(expected);
});
