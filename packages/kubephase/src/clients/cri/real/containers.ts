/** Looks up containers by name: the list tells which there are, the status of each how it is. */
import type { ContainerStatus } from '../port.ts';
import type { Ask } from './call.ts';
import type { ContainerStatus as StatusMessage } from './gen/cri.ts';

/** Names of the enum ContainerState, by number. */
const states = ['created', 'running', 'exited'] as const;

/** Put on every container by the kubelet. */
const podLabels = { namespace: 'io.kubernetes.pod.namespace', name: 'io.kubernetes.pod.name' } as const;

/** All are listed and selected here: not every runtime can select by name, and a node has some hundred containers at most. */
export function askContainers(name: string): Ask<readonly ContainerStatus[]> {
  return async (services, options) => {
    const { containers } = await services.containers.listContainers({}, options);
    const named = containers.filter(({ metadata }) => metadata?.name === name);
    const found = await Promise.all(named.map(({ id }) => askStatus(id)(services, options)));
    return found
      .filter((status) => status !== undefined)
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
      .map(statusOf);
  };
}

/** Undefined for a container that was removed after it was listed. */
function askStatus(containerId: string): Ask<StatusMessage | undefined> {
  return async ({ containers }, options) => {
    try {
      return (await containers.containerStatus({ containerId }, options)).status;
    } catch (error) {
      const { Code, ConnectError } = await import('@connectrpc/connect');
      if (ConnectError.from(error).code === Code.NotFound) return undefined;
      throw error;
    }
  };
}

function statusOf(status: StatusMessage): ContainerStatus {
  const { id, metadata, labels, exitCode, reason, message, logPath } = status;
  const state = states[status.state] ?? 'unknown';
  return {
    id,
    name: metadata?.name ?? '',
    pod: { namespace: labels[podLabels.namespace] ?? '', name: labels[podLabels.name] ?? '' },
    state,
    attempt: metadata?.attempt ?? 0,
    ...(state === 'exited' ? { exitCode } : {}),
    ...withoutEmpty({ reason, message, logPath }),
  };
}

/** In protobuf, a text that is not there is empty. */
function withoutEmpty(texts: Readonly<Record<'reason' | 'message' | 'logPath', string>>): Partial<typeof texts> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''));
}
