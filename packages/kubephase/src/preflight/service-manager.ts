/** What checks on services say when no service manager can be asked. */
import { isProblemError } from 'phaserunner';
import type { Services } from '../host/port.ts';
import type { Finding } from './check.ts';

/** Runs `look` where there is a service manager. Without one, or with half of one, the finding is that `service` was not looked at. */
export async function withServiceManager(
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
