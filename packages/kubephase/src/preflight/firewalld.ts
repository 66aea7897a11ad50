/** Check `Firewalld`: a firewall that is active lets the cluster's ports through. */
import type { Check } from './check.ts';
import { withServiceManager } from './service-manager.ts';

const service = 'firewalld';

/** Of the kubelet's API. */
const kubeletPort = 10250;

export const firewalld: Check = {
  name: 'Firewalld',
  severity: 'warning',
  about:
    'Asks the service manager whether firewalld is active. If so, other nodes reach the API server and this kubelet only when their ports are open: open them, or switch the firewall off. What its rules are is not looked at.',
  run: ({ config, host: { services } }) =>
    withServiceManager(services, service, async () => {
      if (!(await services.exists(service)) || !(await services.active(service))) return [];
      const ports = [config.localAPIEndpoint.bindPort, kubeletPort];
      const flags = ports.map((port) => `--add-port=${port}/tcp`).join(' ');
      return [
        {
          summary: `${service} is active: the ports ${ports.join(' and ')} have to be open`,
          remedy: `Run: firewall-cmd --permanent ${flags} && firewall-cmd --reload.`,
        },
      ];
    }),
};
