/** Restarts the kubelet where a service manager runs it. */
import { problemsOf, type Task } from 'phaserunner';
import type { Services } from '../../host/port.ts';

const service = 'kubelet';

/** A kubelet that cannot be restarted goes on with what it has: that is worth a warning, not the end of the run. */
export async function restartKubelet(services: Services, task: Pick<Task, 'message' | 'warn'>): Promise<void> {
  if ((await services.manager()) === undefined) {
    task.message('no service manager found: restart the kubelet yourself');
    return;
  }
  task.message('restarting the kubelet');
  try {
    await services.restart(service);
  } catch (error) {
    task.warn(`the kubelet could not be restarted: ${problemsOf(error, 'SERVICE_FAILED')[0].summary}; restart it yourself`);
  }
}
