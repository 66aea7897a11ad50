import { describe, expect, it, test } from 'vitest';
import { addressesInHosts, fullNames, parseResolverSettings } from './resolver-settings.ts';

const hosts = `127.0.0.1	localhost # not: cp1
::1 localhost ip6-localhost
192.0.2.1  CP1.example.org cp1
2001:db8::1 cp1
192.0.2.1 cp1
not-an-address cp1
`;

describe('addressesInHosts', () => {
  it.each([
    ['cp1', ['192.0.2.1', '2001:db8::1']],
    ['cp1.Example.ORG', ['192.0.2.1']],
    ['cp1.example.org.', ['192.0.2.1']],
    ['localhost', ['127.0.0.1', '::1']],
    ['example.org', []],
    ['#', []],
    ['', []],
  ])('finds %j', (name, addresses) => {
    expect(addressesInHosts(hosts, name)).toEqual(addresses);
  });
});

test.each([
  ['', { servers: ['127.0.0.1'], search: [], dots: 1 }],
  ['nameserver 192.0.2.53 # first\nnameserver\t2001:db8::53\n', { servers: ['192.0.2.53', '2001:db8::53'], search: [], dots: 1 }],
  [
    'domain a.example\nsearch b.example c.example\n; search d.example\n',
    { servers: ['127.0.0.1'], search: ['b.example', 'c.example'], dots: 1 },
  ],
  ['search .\noptions edns0 ndots:5 trust-ad\n', { servers: ['127.0.0.1'], search: [], dots: 5 }],
  ['nameserver somewhere\noptions ndots:many\n', { servers: ['127.0.0.1'], search: [], dots: 1 }],
])('the settings %j are read', (text, settings) => {
  expect(parseResolverSettings(text)).toEqual(settings);
});

test.each([
  ['cp1', 1, ['cp1.a.example', 'cp1.b.example', 'cp1']],
  ['cp1.c', 1, ['cp1.c', 'cp1.c.a.example', 'cp1.c.b.example']],
  ['cp1.c', 2, ['cp1.c.a.example', 'cp1.c.b.example', 'cp1.c']],
  ['cp1.', 1, ['cp1']],
])('the name %s with ndots %i is asked for as %j', (name, dots, names) => {
  expect(fullNames(name, { servers: [], search: ['a.example', 'b.example.'], dots })).toEqual(names);
});
