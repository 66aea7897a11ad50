import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { fileExisting } from './file-existing.ts';

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
