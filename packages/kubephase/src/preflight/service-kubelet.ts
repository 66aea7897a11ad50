/** Check `Service-kubelet`: the kubelet is a service that starts with the machine. */
import type { Check } from './check.ts';
import { withServiceManager } from './service-manager.ts';

const service = 'kubelet';

export const serviceKubelet: Check = {
  name: `Service-${service}`,
  severity: 'warning',
  about:
    'Asks the service manager (systemd or OpenRC) whether the kubelet is a service and starts with the machine. Otherwise the node does not come back after a restart: enable the service. Whether it runs does not count, as the run starts it.',
  run: ({ host: { services } }) =>
    withServiceManager(services, service, async () => {
      if (!(await services.exists(service))) {
        return [
          { summary: `there is no service ${service}`, remedy: 'Install the kubelet with its service, usually the package kubelet.' },
        ];
      }
      if (await services.enabled(service)) return [];
      const command = await services.enableCommand(service);
      return [{ summary: `the service ${service} does not start with the machine: run "${command}"`, remedy: `Run: ${command}.` }];
    }),
};
