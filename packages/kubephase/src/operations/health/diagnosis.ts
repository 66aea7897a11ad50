/** What to tell a user whose kubelet or control plane does not come up. */
import type { Problem } from 'phaserunner';
import { formatDuration } from '../../formats/duration/duration.ts';
import { problem } from '../../problems/catalogue.ts';
import type { Fault } from './fault.ts';

/** A wait that ran into its deadline. */
export interface Failure {
  readonly component: string;
  readonly url: string;
  readonly fault: Fault;
  readonly deadlineMs: number;
}

export function kubeletUnhealthy({ url, fault, deadlineMs }: Failure): Problem {
  const cause =
    fault.status === undefined
      ? 'It does not run, or stops at once: a mistake in its configuration, or a setting of the machine that it does not accept, such as swap or missing cgroups.'
      : 'It runs, but is not well.';
  return problem('KUBELET_UNHEALTHY', {
    summary: `the kubelet did not become healthy within ${formatDuration(deadlineMs)}`,
    detail: `${fault.text} (curl -sSL ${url}). ${cause}`,
    remedy: 'Look at systemctl status kubelet and journalctl -xeu kubelet. Then go on with --from wait-control-plane.',
    where: { object: 'kubelet' },
  });
}

/** @param criSocket URL of the container runtime */
export function componentUnhealthy({ component, url, fault, deadlineMs }: Failure, criSocket: string): Problem {
  const crictl = `crictl --runtime-endpoint ${criSocket}`;
  return problem('CONTROL_PLANE_UNHEALTHY', {
    summary: `${component} did not become healthy within ${formatDuration(deadlineMs)}`,
    detail: `${fault.text} (${url}). ${likelyCause(component, fault)}`,
    remedy:
      `Find its container with ${crictl} ps -a | grep ${component} and read ${crictl} logs CONTAINERID. ` +
      'Without a container, journalctl -xeu kubelet tells why. Then go on with --from wait-control-plane.',
    where: { object: component },
  });
}

function likelyCause(component: string, { status }: Fault): string {
  if (status === undefined) return 'Its container was not started, or stops at once: a wrong argument, a missing image, or a missing file.';
  if (component === 'kube-apiserver') return 'It runs; usually it cannot reach etcd.';
  return 'It runs; usually it cannot reach the API server.';
}
