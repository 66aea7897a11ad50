import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import type { MemoryServicesOptions } from '../host/memory/machine.ts';
import { failure } from '../problems/catalogue.ts';
import { firewalld, serviceKubelet } from './services.ts';

const config = initConfig({ localAPIEndpoint: { advertiseAddress: '192.0.2.10', bindPort: 7443 } });
const summariesOn = async (services: MemoryServicesOptions): Promise<readonly string[]> =>
  (await firewalld([7443, 10_250]).run(checkContext({ config, host: { services } }))).map(({ summary }) => summary);

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
  expect(await firewalld([7443, 10_250]).run(checkContext({ config, host: { services } }))).toMatchObject([
    { remedy: 'Run: firewall-cmd --permanent --add-port=7443/tcp --add-port=10250/tcp && firewall-cmd --reload.' },
  ]);
});

const inactive = { kubelet: 'inactive' } as const;

test.each<[string, MemoryServicesOptions, readonly string[]]>([
  ['that starts with the machine, running or not', { manager: 'systemd', services: inactive }, []],
  [
    'of systemd that does not start with the machine',
    { manager: 'systemd', services: inactive, enabled: [] },
    ['the service kubelet does not start with the machine: run "systemctl enable kubelet.service"'],
  ],
  [
    'of OpenRC that does not start with the machine',
    { manager: 'openrc', services: inactive, enabled: ['sshd'] },
    ['the service kubelet does not start with the machine: run "rc-update add kubelet default"'],
  ],
  ['that does not exist', { manager: 'systemd', services: { sshd: 'active' } }, ['there is no service kubelet']],
  ['without a service manager', {}, ['no service manager was found, so the service kubelet was not looked at']],
])('a kubelet %s is judged', async (_, services, summaries) => {
  const findings = await serviceKubelet.run(checkContext({ host: { services } }));
  expect(findings.map(({ summary }) => summary)).toEqual(summaries);
});

test('half a service manager is told as a warning, any other failure fails the check', async () => {
  const host = createMemoryHost();
  const runWith = (error: Error) => {
    const services = {
      ...host.services,
      manager: async () => {
        throw error;
      },
    };
    return serviceKubelet.run({ ...checkContext(), host: { ...host, services } });
  };
  const missing = failure('SERVICE_MANAGER_MISSING', { summary: 'none', detail: 'openrc is on PATH, but rc-update is not' });
  expect(await runWith(missing)).toEqual([
    {
      severity: 'warning',
      summary: 'no service manager was found, so the service kubelet was not looked at: openrc is on PATH, but rc-update is not',
    },
  ]);
  const late = failure('COMMAND_TIMED_OUT', { summary: 'systemctl did not end' });
  await expect(runWith(late)).rejects.toBe(late);
});
