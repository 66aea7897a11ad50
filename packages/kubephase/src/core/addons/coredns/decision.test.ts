import { expect, test } from 'vitest';
import { defaultCorefile, parseCorefile } from './corefile.ts';
import { decideCoreDns, knownVersions, type CoreDnsDecision } from './decision.ts';
import { isHistoricDefault } from './historic-defaults.ts';

const target = 'v1.14.2';
const present = defaultCorefile('cluster.local', { ownDomainUncached: true });

function corefile(...lines: readonly string[]): string {
  return `.:53 {\n${lines.join('\n')}\n}\n`;
}

const ofV170 = [
  'errors',
  'health {\nlameduck 5s\n}',
  'ready',
  'kubernetes cluster.local in-addr.arpa ip6.arpa {\npods insecure\nfallthrough in-addr.arpa ip6.arpa\nttl 30\n}',
  'prometheus :9153',
  'forward . /etc/resolv.conf {\nmax_concurrent 1000\n}',
  'cache 30',
  'loop',
  'reload',
  'loadbalance',
] as const;
const historic = corefile(...ofV170);
const custom = corefile('log', ...ofV170);
const withTransfer = corefile('log', ...ofV170.map((line) => line.replace('ttl 30', 'transfer to *')));
const withUpstream = corefile('log', ...ofV170.map((line) => line.replace('ttl 30', 'upstream')));
const withProxy = corefile('log', ...ofV170.map((line) => line.replace('forward', 'proxy')));

interface Case {
  readonly corefile: string;
  readonly version: string;
  readonly decision: CoreDnsDecision;
}

test.each<[string, Case]>([
  ['nothing installed', { corefile: '', version: '', decision: 'replace' }],
  ['an empty Corefile and a Deployment of ours', { corefile: '', version: target, decision: 'replace' }],
  ['an old default', { corefile: historic, version: 'v1.7.0', decision: 'replace' }],
  ['an old default of the same version', { corefile: historic, version: 'v1.14.2', decision: 'replace' }],
  ['an old default of an unknown version', { corefile: historic, version: 'v9', decision: 'unknown-version' }],
  ['an old default of a newer version', { corefile: historic, version: 'v1.15.0', decision: 'unknown-version' }],
  ['no Corefile and an unknown version', { corefile: '', version: '1.8.1', decision: 'unknown-version' }],
  ['the present default', { corefile: present, version: target, decision: 'keep-corefile' }],
  ['the present default of an older version', { corefile: present, version: 'v1.12.0', decision: 'keep-corefile' }],
  ['a changed Corefile without a Deployment', { corefile: withProxy, version: '', decision: 'keep-corefile' }],
  ['a changed Corefile of the same version', { corefile: withProxy, version: '1.14.2', decision: 'keep-corefile' }],
  ['a changed Corefile since 1.8.3', { corefile: custom, version: 'v1.8.3', decision: 'keep-corefile' }],
  ['a changed Corefile since 1.7.0 without removed options', { corefile: custom, version: '1.7.0', decision: 'keep-corefile' }],
  ['a changed Corefile with an option removed by 1.8.0', { corefile: withTransfer, version: '1.7.1', decision: 'keep-all' }],
  ['the same option on 1.8.0, where it was removed already', { corefile: withTransfer, version: '1.8.0', decision: 'keep-corefile' }],
  ['a changed Corefile with an option removed by 1.7', { corefile: withUpstream, version: '1.7.0', decision: 'keep-all' }],
  ['a changed Corefile with a plugin removed by 1.5.0', { corefile: withProxy, version: '1.4.0', decision: 'keep-all' }],
  ['a changed Corefile of a newer version', { corefile: custom, version: 'v1.15.0', decision: 'unknown-version' }],
])('%s: the decision is right', (_, { decision, ...installed }) => {
  expect(decideCoreDns(installed, target)).toBe(decision);
});

test.each([
  ['health without lameduck before 1.6.5', '1.6.4', 'health'],
  ['forward without a limit before 1.7.0', '1.6.9', 'forward . /etc/resolv.conf'],
])('%s needs a changed Corefile', (_, version, line) => {
  const [word = ''] = line.split(' ');
  const older = corefile('log', ...ofV170.map((one) => (one.startsWith(word) ? line : one)));
  expect(decideCoreDns({ corefile: older, version }, target)).toBe('keep-all');
});

test('a target that is older than what is installed is refused', () => {
  expect(decideCoreDns({ corefile: custom, version: 'v1.14.2' }, 'v1.13.1')).toBe('unknown-version');
});

test('every version of the chain is known once and the gaps are not', () => {
  expect(new Set(knownVersions).size).toBe(knownVersions.length);
  expect(knownVersions).toHaveLength(54);
  expect(knownVersions.filter((version) => ['1.6.8', '1.8.1', '1.8.2', '1.11.2'].includes(version))).toEqual([]);
  expect([knownVersions[0], knownVersions.at(-1)]).toEqual(['1.1.3', '1.14.2']);
});

test.each([
  ['1.7.0', historic],
  ['1.7.0, with other zones', historic.replace('cluster.local in-addr.arpa', 'example.org')],
  ['1.7.0, with another name server', historic.replace('/etc/resolv.conf', '10.0.0.1')],
  ['1.7.0, with comments and another order', corefile('# mine', ...ofV170.toReversed())],
  ['1.6.7', corefile(...ofV170.map((line) => line.replace(' {\nmax_concurrent 1000\n}', '')))],
  ['1.6.2', corefile(...ofV170.map((line) => line.replace(' {\nmax_concurrent 1000\n}', '').replace(' {\nlameduck 5s\n}', '')))],
  [
    '1.1.3',
    corefile(
      'errors',
      'health',
      'kubernetes cluster.local in-addr.arpa ip6.arpa {\npods insecure\nupstream\nfallthrough in-addr.arpa ip6.arpa\n}',
      'prometheus :9153',
      'proxy . /etc/resolv.conf',
      'cache 30',
      'reload',
    ),
  ],
])('the default of %s is recognised', (_, text) => {
  expect(isHistoricDefault(text)).toBe(true);
});

test.each([
  ['a plugin more', custom],
  ['a plugin less', corefile(...ofV170.slice(1))],
  ['another cache time', historic.replace('cache 30', 'cache 10')],
  [
    'the arguments of an option in another order',
    historic.replace('fallthrough in-addr.arpa ip6.arpa', 'fallthrough ip6.arpa in-addr.arpa'),
  ],
  ['a second server block', `${historic}example.org {\nerrors\n}\n`],
  ['another port', historic.replace('.:53', '.:1053')],
  ['two name servers', historic.replace('/etc/resolv.conf', '10.0.0.1 10.0.0.2')],
  ['the cache block of the present default', present],
  ['nothing at all', ''],
])('a Corefile with %s is not an old default', (_, text) => {
  expect(isHistoricDefault(text)).toBe(false);
});

test('parsing knows quotes, comments and nested blocks', () => {
  expect(parseCorefile('a.org b.org {\n  hosts "my file" { # comment\n    1.2.3.4 x\n  }\n  "#" on\n}\n')).toEqual([
    {
      addresses: ['a.org', 'b.org'],
      plugins: [
        { name: 'hosts', args: ['my file'], options: [{ name: '1.2.3.4', args: ['x'] }] },
        { name: '#', args: ['on'], options: [] },
      ],
    },
  ]);
});
