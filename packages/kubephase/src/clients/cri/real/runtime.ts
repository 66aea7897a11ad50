/** The container runtime behind a Unix socket, asked over gRPC. */
import { imagePullFailed, runtimeRefused } from '../failure.ts';
import type { ContainerRuntime, ContainerStatus, RuntimeVersion } from '../port.ts';
import type { Ask, Refusal, RuntimeCall } from './call.ts';
import type { ContainerStatus as StatusMessage } from './gen/cri.ts';

interface RealRuntimeOptions {
  /** Longest wait for each answer, pulls excepted: these take as long as they take. Default 2000. */
  readonly timeoutMs?: number;
}

/** @param socket URL such as `unix:///var/run/containerd/containerd.sock` */
export function createRealRuntime(socket: string, { timeoutMs = 2000 }: RealRuntimeOptions = {}): ContainerRuntime {
  const look = { socket, timeoutMs };
  const refusing =
    (order: string) =>
    ({ unknown, detail, cause }: Refusal): never => {
      throw runtimeRefused(order, { socket, detail, cause, unknown });
    };
  return {
    version: () => callRuntime({ ...look, send: askVersion, refused: refusing('tell its version') }),
    unreadiness: () => callRuntime({ ...look, send: askUnreadiness, refused: refusing('tell its status') }),
    tellsCgroupDriver: () =>
      callRuntime({
        ...look,
        send: ({ containers }, options) => containers.runtimeConfig({}, options).then(() => true),
        refused: (refusal) => (refusal.unknown ? false : refusing('tell its cgroup driver')(refusal)),
      }),
    sandboxImage: () =>
      callRuntime({
        ...look,
        send: async ({ containers }, options) => readSandboxImage((await containers.status({ verbose: true }, options)).info['config']),
        refused: refusing('tell its status'),
      }),
    hasImage: (image) =>
      callRuntime({
        ...look,
        send: async ({ images }, options) => (await images.imageStatus({ image: { image } }, options)).image !== undefined,
        refused: refusing(`look for image ${image}`),
      }),
    containers: (name) => callRuntime({ ...look, send: askContainers(name), refused: refusing(`tell of containers named ${name}`) }),
    pullImage: (image, { signal } = {}) =>
      callRuntime({
        socket,
        signal,
        send: async ({ images }, options) => void (await images.pullImage({ image: { image } }, options)),
        refused: ({ detail, cause }) => {
          throw imagePullFailed(image, { socket, detail, cause });
        },
      }),
  };
}

/** Loads the library for gRPC when the first call is made. */
async function callRuntime<T>(call: RuntimeCall<T>): Promise<T> {
  return (await import('./call.ts')).callRuntime(call);
}

/** Both halves of the interface have to be there: a runtime may have one switched off. */
const askVersion: Ask<RuntimeVersion> = async ({ containers, images }, options) => {
  const { runtimeName, runtimeVersion, runtimeApiVersion } = await containers.version({}, options);
  await images.imageFsInfo({}, options);
  return { runtimeName, runtimeVersion, apiVersion: runtimeApiVersion };
};

const askUnreadiness: Ask<string | undefined> = async ({ containers }, options) => {
  const { status } = await containers.status({ verbose: false }, options);
  const ready = status?.conditions.find(({ type }) => type === 'RuntimeReady');
  if (ready === undefined) return 'its status has no condition RuntimeReady';
  return ready.status ? undefined : `RuntimeReady is false: ${ready.reason}: ${ready.message}`;
};

/** Names of the enum ContainerState, by number. */
const states = ['created', 'running', 'exited'] as const;

/** Put on every container by the kubelet. */
const podLabels = { namespace: 'io.kubernetes.pod.namespace', name: 'io.kubernetes.pod.name' } as const;

/** All are listed and selected here: not every runtime can select by name, and a node has some hundred containers at most. */
function askContainers(name: string): Ask<readonly ContainerStatus[]> {
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

/** @param config JSON as the runtime wrote it. There is no rule for it: whatever cannot be read tells nothing. */
export function readSandboxImage(config: string | undefined): string | undefined {
  const value = parse(config ?? '');
  if (typeof value !== 'object' || value === null || !('sandboxImage' in value)) return undefined;
  return typeof value.sandboxImage === 'string' && value.sandboxImage !== '' ? value.sandboxImage : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
