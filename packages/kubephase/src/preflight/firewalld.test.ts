import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import type { MemoryServicesOptions } from '../host/memory/services.ts';
import { firewalld } from './firewalld.ts';

const config = initConfig({ localAPIEndpoint: { advertiseAddress: '192.0.2.10', bindPort: 7443 } });
const summariesOn = async (services: MemoryServicesOptions): Promise<readonly string[]> =>
  (await firewalld.run(checkContext({ config, host: { services } }))).map(({ summary }) => summary);

test.each<[string, MemoryServicesOptions, readonly string[]]>([
  ['no firewalld', { manager: 'systemd' }, []],
  ['a firewalld that does not run', { manager: 'systemd', services: { firewalld: 'inactive' } }, []],
  [
    'an active firewalld',
    { manager: 'systemd', services: { firewalld: 'active' } },
    ['firewalld is active: the ports 7443 and 10250 have to be open'],
  ],
  ['no service manager', {}, ['no service manager was found, so the service firewalld was not looked at']],
])('%s is judged', async (_, services, summaries) => {
  expect(await summariesOn(services)).toEqual(summaries);
});

test('the remedy opens both ports', async () => {
  const services = { manager: 'systemd', services: { firewalld: 'active' } } as const;
  expect(await firewalld.run(checkContext({ config, host: { services } }))).toMatchObject([
    { remedy: 'Run: firewall-cmd --permanent --add-port=7443/tcp --add-port=10250/tcp && firewall-cmd --reload.' },
  ]);
});
