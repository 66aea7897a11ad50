import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { supportedMinors } from '../releases/index.ts';
import { fileExisting, programsFor } from './programs.ts';

const names = (minor: string, severity: 'error' | 'warning'): string =>
  programsFor(minor)
    .filter((need) => need.severity === severity)
    .map(({ name }) => name)
    .join(' ');

test.each([
  ['1.20', 'conntrack ip iptables mount nsenter', 'ebtables ethtool socat tc touch'],
  ['1.27', 'conntrack ip iptables mount nsenter', 'ebtables ethtool socat tc touch'],
  ['1.28', 'conntrack ip iptables mount nsenter', 'ethtool tc touch'],
  ['1.32', 'ip iptables mount nsenter', 'ethtool tc touch'],
  ['1.33', 'losetup mount cp', ''],
  ['1.36', 'losetup mount cp', ''],
  ['1.37', 'losetup mount cp', ''],
])('a node of Kubernetes %s needs %s and would like to have %s', (minor, needed, liked) => {
  expect([names(minor, 'error'), names(minor, 'warning')]).toEqual([needed, liked]);
});

test('mount is needed in every minor', () => {
  for (const minor of supportedMinors) expect(names(minor, 'error').split(' ')).toContain('mount');
});

test('a program on PATH is fine', async () => {
  expect(await fileExisting('mount').run(checkContext({ host: { programs: { mount: '' } } }))).toEqual([]);
});

test('a missing program is told with the package that has it', async () => {
  expect(await fileExisting('tc', 'warning').run(checkContext())).toEqual([
    { summary: 'tc is not on PATH', remedy: 'Install it (on Debian the package iproute2), or add its folder to PATH.' },
  ]);
  expect(await fileExisting('conntrack').run(checkContext())).toMatchObject([
    { remedy: expect.stringContaining('package conntrack)') as string },
  ]);
});

test('a missing program is an error where nothing else is said', () => {
  expect([fileExisting('cp'), fileExisting('touch', 'warning')].map(({ name, severity }) => [name, severity])).toEqual([
    ['FileExisting-cp', 'error'],
    ['FileExisting-touch', 'warning'],
  ]);
});
