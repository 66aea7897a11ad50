/** Problems of requests to the container runtime, the same from every client. */
import { failure } from '../../problems/catalogue.ts';

interface Cause {
  /** URL of the runtime's socket. */
  readonly socket: string;
  /** What was seen. */
  readonly detail: string;
  readonly cause?: unknown;
}

/** Nothing answers at the socket. */
export function runtimeUnreachable({ socket, detail, cause }: Cause): Error {
  return failure('CRI_UNREACHABLE', {
    summary: `the container runtime does not answer at ${socket}`,
    detail,
    remedy: /EACCES|EPERM/.test(detail)
      ? 'Run the command as root, or as a user who may use the socket.'
      : 'Start the container runtime, or name its socket with --cri-socket or with the field nodeRegistration.criSocket.',
    where: { object: `container runtime ${socket}` },
    cause,
  });
}

interface Refused extends Cause {
  /** True when the runtime does not know the request at all. */
  readonly unknown: boolean;
}

/** The runtime answered with an error. @param order what it should have done, as the end of "did not …" */
export function runtimeRefused(order: string, { socket, detail, cause, unknown }: Refused): Error {
  return failure('CRI_REQUEST_FAILED', {
    summary: `the container runtime at ${socket} did not ${order}`,
    detail,
    remedy: unknown
      ? 'Use a runtime with version 1 of the container runtime interface (CRI), and see that its configuration does not switch that off, as "disabled_plugins" of containerd can.'
      : 'Look at the log of the container runtime.',
    where: { object: `container runtime ${socket}` },
    cause,
  });
}

/** The runtime could not get an image. */
export function imagePullFailed(image: string, { socket, detail, cause }: Cause): Error {
  return failure('IMAGE_PULL_FAILED', {
    summary: `cannot pull image ${image}`,
    detail,
    remedy: `See whether the name is right and whether this machine reaches the registry, or load the image into the container runtime at ${socket} beforehand.`,
    where: { object: `image ${image}` },
    cause,
  });
}
