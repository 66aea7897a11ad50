/** TCP ports of the machine: whether one can be listened on, and which process does. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { posix } from 'node:path';
import { isSystemError } from '../files/disk.ts';
import type { ListeningProcess } from '../port.ts';

/** Answers of a machine on which IPv6 is switched off. */
const withoutIpv6 = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL']);

/** Listens on `port` of all addresses of both families for an instant. Returns the code of the error, or undefined. */
export async function findPortFault(port: number): Promise<string | undefined> {
  const fault = await tryToListen(port, '::');
  return fault !== undefined && withoutIpv6.has(fault) ? tryToListen(port, '0.0.0.0') : fault;
}

async function tryToListen(port: number, host: string): Promise<string | undefined> {
  const { createServer } = await import('node:net');
  return new Promise((resolve) => {
    const server = createServer((connection) => connection.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** Connection state LISTEN. @see include/net/tcp_states.h of Linux */
const listening = '0A';

/**
 * Returns the first process that holds a socket listening on `port`, or undefined. Processes of other users can only be seen by root.
 *
 * The look is synchronous: it is only needed when a port is taken, takes some milliseconds (a quarter of a second among 1000 processes
 * with 40 open files each) and would otherwise wait for the threads that make RSA keys. A process may end at any moment, so everything that cannot be read is passed over.
 * @param proc where the proc file system is mounted
 * @see https://docs.kernel.org/networking/proc_net_tcp.html
 */
export function findListener(port: number, proc = '/proc'): ListeningProcess | undefined {
  const tables = ['tcp', 'tcp6'].map((name) => orUndefined(() => readFileSync(`${proc}/net/${name}`, 'latin1')) ?? '');
  const sockets = new Set(tables.flatMap((text) => listeningInodes(text, port)).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  const pids = (orUndefined(() => readdirSync(proc)) ?? []).map(Number).filter((pid) => Number.isInteger(pid));
  const pid = pids.sort((a, b) => a - b).find((candidate) => holdsOneOf(sockets, `${proc}/${candidate}/fd`));
  return pid === undefined ? undefined : { pid, program: programOf(`${proc}/${pid}`) };
}

/** Columns: number, local address and port in hexadecimal, remote address, state, … the tenth is the inode of the socket. */
function listeningInodes(table: string, port: number): readonly string[] {
  return table.split('\n').flatMap((line) => {
    const columns = line.trim().split(/\s+/);
    const [local, state, inode] = [columns[1], columns[3], columns[9]];
    if (state !== listening || local === undefined || inode === undefined) return [];
    return Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16) === port ? [inode] : [];
  });
}

function holdsOneOf(sockets: ReadonlySet<string>, directory: string): boolean {
  const descriptors = orUndefined(() => readdirSync(directory)) ?? [];
  return descriptors.some((name) => sockets.has(orUndefined(() => readlinkSync(`${directory}/${name}`)) ?? ''));
}

/** The name of the executable file; `comm` is cut to 15 characters, which takes the end off kube-controller-manager. */
function programOf(directory: string): string {
  const executable = orUndefined(() => readlinkSync(`${directory}/exe`))?.replace(/ \(deleted\)$/, '');
  return (executable && posix.basename(executable)) || orUndefined(() => readFileSync(`${directory}/comm`, 'utf8'))?.trim() || 'unknown';
}

function orUndefined<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
