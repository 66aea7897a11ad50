/** Checks `Port-…`: nothing listens where a component of the cluster is going to. */
import type { Check, CheckContext, Finding } from './check.ts';

export function portFree(port: number): Check {
  return {
    name: `Port-${port}`,
    severity: 'error',
    about: `Listens on TCP port ${port} for an instant, because a component of this node needs the port. Stop the process that has it; when that is left from an earlier run, reset the node.`,
    run: async ({ host }) => {
      const fault = await host.network.portFault(port);
      if (fault === undefined) return [];
      return [fault === 'EADDRINUSE' ? await taken(port, host) : { summary: `cannot listen on port ${port}: ${fault}` }];
    },
  };
}

async function taken(port: number, { network }: CheckContext['host']): Promise<Finding> {
  const listener = await network.listener(port);
  if (listener === undefined) {
    return {
      summary: `port ${port} is in use`,
      remedy: `Find out by what (as root: ss -lntp 'sport = :${port}') and stop it, or reset the node when that is left from an earlier run.`,
    };
  }
  const { program, pid } = listener;
  return {
    summary: `port ${port} is in use by ${program} (process ${pid})`,
    remedy: `Stop ${program}, or reset the node when it is left from an earlier run.`,
  };
}
