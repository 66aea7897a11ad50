/** The container runtime behind a Unix socket, asked over gRPC. */
import { imagePullFailed, runtimeRefused } from '../failure.ts';
import type { ContainerRuntime, RuntimeVersion } from '../port.ts';
import { callRuntime, type Ask, type Refusal } from './call.ts';
import { askContainers } from './containers.ts';
import { readSandboxImage } from './sandbox-image.ts';

export interface RealRuntimeOptions {
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
