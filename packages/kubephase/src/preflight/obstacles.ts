/** Checks `FileAvailable-…`, `DirAvailable-…` and `Port-…`: nothing is where this run writes or listens. */
import type { DirectoryEntry } from '../host/port.ts';
import { pathCheckName, type Check, type CheckContext, type Finding } from './check.ts';

export function fileAvailable(path: string): Check {
  return {
    name: pathCheckName('FileAvailable', path),
    severity: 'error',
    about: `Looks whether ${path} is free, so that nothing of an earlier run is mixed with this one. Remove it, or reset the node.`,
    run: async ({ host }) => {
      if ((await host.files.status(path)) === undefined) return [];
      return [{ summary: `${path} already exists`, remedy: 'It is left from an earlier run: remove it, or reset the node.' }];
    },
  };
}

export function dirAvailable(path: string): Check {
  return {
    name: pathCheckName('DirAvailable', path),
    severity: 'error',
    about: `Looks whether ${path} is missing or empty, as a new etcd takes no foreign data. Move what is there away, or reset the node. The lost+found of a file system of its own does not count.`,
    run: async ({ host }) => {
      const entries = ((await host.files.list(path)) ?? []).filter((entry) => !isLostAndFound(entry));
      if (entries.length === 0) return [];
      const remedy = entries.some(({ name }) => name === 'member')
        ? 'It holds data of an earlier run: move it away, or reset the node.'
        : 'Move away what is there, or name another folder with etcd.local.dataDir.';
      return [{ summary: `${path} is not empty: it holds ${listed(entries)}`, remedy }];
    },
  };
}

/**
 * The folder for what fsck(8) finds, at the root of ext file systems. etcd keeps its data in the folder `member` beside it.
 * @see https://github.com/kubernetes/kubeadm/issues/2127
 */
function isLostAndFound({ name, type }: DirectoryEntry): boolean {
  return name === 'lost+found' && type === 'directory';
}

/** Names enough to recognise what it is. */
const shownNames = 3;

function listed(entries: readonly DirectoryEntry[]): string {
  const names = entries.slice(0, shownNames).map(({ name }) => JSON.stringify(name));
  const more = entries.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

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
