import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import type { Finding } from './check.ts';
import { hostname } from './hostname.ts';

async function findingsFor(name: string, names: Readonly<Record<string, readonly string[]>>): Promise<readonly Finding[]> {
  const config = initConfig({ nodeRegistration: { ...initConfig().nodeRegistration, name } });
  return hostname.run(checkContext({ config, host: { names } }));
}

test.each([
  ['cp1', 0],
  ['cp1.example.org', 0],
  ['example.org/cp1', 0],
  ['-cp1', 1],
  ['cp_1', 0],
  ['', 1],
  ['a'.repeat(63), 0],
  ['a'.repeat(64), 1],
  [`-${'a'.repeat(64)}`, 2],
  ['Upper/cp1', 1],
  ['a/b/c', 1],
])('the node name %j breaks %i rules', async (name, count) => {
  expect(await findingsFor(name, { [name]: ['192.0.2.1'] })).toHaveLength(count);
});

test('a name without an address gets two findings: that, and why', async () => {
  expect((await findingsFor('cp1', {})).map(({ summary }) => summary)).toEqual([
    'no address was found for the node name "cp1"',
    'the name cp1 cannot be resolved: the machine in memory does not know it',
  ]);
});
