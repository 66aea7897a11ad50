/** Stops the kubelet where a service manager runs it. */
import { problemsOf, type Task } from 'phaserunner';
import type { Services } from '../../host/port.ts';

const service = 'kubelet';

/** A kubelet that cannot be stopped reads its new files when it is restarted; that is worth a warning only. */
export async function stopKubelet(services: Services, task: Pick<Task, 'message' | 'warn'>): Promise<void> {
  if ((await services.manager()) === undefined) {
    task.message('no service manager found: the kubelet is not stopped');
    return;
  }
  if (!(await services.exists(service))) task.message('the service manager knows no service named kubelet');
  try {
    await services.stop(service);
  } catch (error) {
    task.warn(`the kubelet could not be stopped: ${problemsOf(error, 'COMMAND_FAILED')[0].summary}`);
  }
}
