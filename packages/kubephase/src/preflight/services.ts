/** Checks `Firewalld` and `Service-kubelet`: what the service manager says of services. */
import { isProblemError } from 'phaserunner';
import type { Services } from '../host/port.ts';
import type { Check, Finding } from './check.ts';

const firewallService = 'firewalld';

/** @param ports TCP ports that other nodes have to reach */
export function firewalld(ports: readonly number[]): Check {
  return {
    name: 'Firewalld',
    severity: 'warning',
    about:
      'Asks the service manager whether firewalld is active. If so, other nodes reach the API server and this kubelet only when their ports are open: open them, or switch the firewall off. What its rules are is not looked at.',
    run: ({ host: { services } }) =>
      withServiceManager(services, firewallService, async () => {
        if (!(await services.exists(firewallService)) || !(await services.active(firewallService))) return [];
        const flags = ports.map((port) => `--add-port=${port}/tcp`).join(' ');
        return [
          {
            summary: `${firewallService} is active: the ports ${ports.join(' and ')} have to be open`,
            remedy: `Run: firewall-cmd --permanent ${flags} && firewall-cmd --reload.`,
          },
        ];
      }),
  };
}

const kubeletService = 'kubelet';

export const serviceKubelet: Check = {
  name: `Service-${kubeletService}`,
  severity: 'warning',
  about:
    'Asks the service manager (systemd or OpenRC) whether the kubelet is a service and starts with the machine. Otherwise the node does not come back after a restart: enable the service. Whether it runs does not count, as the run starts it.',
  run: ({ host: { services } }) =>
    withServiceManager(services, kubeletService, async () => {
      if (!(await services.exists(kubeletService))) {
        return [
          {
            summary: `there is no service ${kubeletService}`,
            remedy: 'Install the kubelet with its service, usually the package kubelet.',
          },
        ];
      }
      if (await services.enabled(kubeletService)) return [];
      const command = await services.enableCommand(kubeletService);
      return [{ summary: `the service ${kubeletService} does not start with the machine: run "${command}"`, remedy: `Run: ${command}.` }];
    }),
};

/** Runs `look` where there is a service manager. Without one, or with half of one, the finding is that `service` was not looked at. */
async function withServiceManager(
  services: Services,
  service: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const summary = `no service manager was found, so the service ${service} was not looked at`;
  try {
    return (await services.manager()) === undefined ? [{ severity: 'warning', summary }] : await look();
  } catch (error) {
    if (!isProblemError(error) || error.problem.code !== 'SERVICE_MANAGER_MISSING') throw error;
    return [{ severity: 'warning', summary: `${summary}: ${error.problem.detail}` }];
  }
}
