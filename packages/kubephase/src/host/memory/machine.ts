/** Services, programs, mounts and network of a machine in memory, with the answers that a test gives them. */
import { isIP } from 'node:net';
import { failure } from '../../problems/catalogue.ts';
import { notAbsolute } from '../files/failure.ts';
import type {
  CommandResult,
  DefaultRoute,
  ListeningProcess,
  Mount,
  Mounts,
  Network,
  NetworkInterface,
  Programs,
  Services,
} from '../port.ts';

export interface MemoryServicesOptions {
  /** Default: none is found. */
  readonly manager?: 'systemd' | 'openrc';
  /** Services that exist, and whether they run. */
  readonly services?: Readonly<Record<string, 'active' | 'inactive'>>;
  /** Services that start with the machine. Default: all that exist. */
  readonly enabled?: readonly string[];
  /** What services logged, oldest line first. */
  readonly logs?: Readonly<Record<string, readonly string[]>>;
}

const enableCommands = {
  systemd: (service: string) => `systemctl enable ${service}.service`,
  openrc: (service: string) => `rc-update add ${service} default`,
} as const;

/** Stopping or restarting fails for services that do not exist, as with a real service manager. */
export function createMemoryServices(options: MemoryServicesOptions = {}): Services & { readonly calls: readonly string[] } {
  const states = new Map(Object.entries(options.services ?? {}));
  const calls: string[] = [];
  const change = async (verb: 'stop' | 'restart', service: string): Promise<void> => {
    calls.push(`${verb} ${service}`);
    if (options.manager === undefined) {
      throw failure('SERVICE_MANAGER_MISSING', { summary: 'no service manager was found', where: { object: `service ${service}` } });
    }
    if (!states.has(service)) {
      throw failure('PROGRAM_FAILED', { summary: `the service ${service} does not exist`, where: { object: `service ${service}` } });
    }
    states.set(service, verb === 'stop' ? 'inactive' : 'active');
  };
  return {
    calls,
    manager: async () => options.manager,
    exists: async (service) => states.has(service),
    enabled: async (service) => options.enabled?.includes(service) ?? states.has(service),
    active: async (service) => states.get(service) === 'active',
    stop: (service) => change('stop', service),
    restart: (service) => change('restart', service),
    enableCommand: async (service) => (options.manager === undefined ? undefined : enableCommands[options.manager](service)),
    log: async (service, lines) => (lines > 0 ? (options.logs?.[service]?.slice(-lines) ?? []) : []),
  };
}

/**
 * Answers by command line (`kubelet --version`): standard output of a success, a whole result, or an error that is thrown. The first
 * word of each is a program that exists; a line with nothing more only says that.
 */
export type MemoryPrograms = Readonly<Record<string, string | Partial<CommandResult> | Error>>;

/** Where all of them stand. */
const folder = '/usr/bin/';

/** A program that is asked what it has no answer for ends with exit code 2, one that does not exist cannot be started. */
export function createMemoryPrograms(answers: MemoryPrograms = {}): Programs & { readonly calls: readonly string[] } {
  const names = new Set(Object.keys(answers).map((line) => line.split(' ')[0]));
  const calls: string[] = [];
  return {
    calls,
    find: async (name) => (names.has(withoutFolder(name)) ? `${folder}${withoutFolder(name)}` : undefined),
    ask: async ([program, ...args]) => {
      const name = withoutFolder(program);
      const line = [name, ...args].join(' ');
      calls.push(line);
      if (!names.has(name)) {
        throw failure('PROGRAM_FAILED', { summary: `the command cannot be started: ${line}`, detail: `${name} is not on PATH` });
      }
      const answer = answers[line] ?? { exitCode: 2, stderr: `no answer to "${line}"\n` };
      if (answer instanceof Error) throw answer;
      return { exitCode: 0, stdout: '', stderr: '', ...(typeof answer === 'string' ? { stdout: answer } : answer) };
    },
  };
}

function withoutFolder(program: string): string {
  return program.startsWith(folder) ? program.slice(folder.length) : program;
}

export interface MemoryMount extends Mount {
  /** Something uses it: only a lazy unmount works. */
  readonly busy?: boolean;
}

/** @param first undefined for a machine that shows no table of mounts */
export function createMemoryMounts(first: readonly MemoryMount[] | undefined): Mounts {
  let table = first;
  return {
    list: async () => table?.map(({ busy: _busy, ...mount }) => mount),
    unmount: async (path, { lazy = false } = {}) => {
      if (!path.startsWith('/')) throw notAbsolute(path);
      const topmost = table?.findLast((mount) => mount.path === path);
      if (topmost?.busy === true && !lazy) {
        throw failure('UNMOUNT_FAILED', { summary: `cannot unmount ${path}`, detail: 'target is busy.', where: { file: path } });
      }
      table = table?.filter((mount) => mount !== topmost);
    },
  };
}

export interface MemoryNetworkOptions {
  /** Default `memory`. */
  readonly hostName?: string;
  /** Absent: the machine shows no routing tables. */
  readonly routes?: readonly DefaultRoute[];
  readonly interfaces?: readonly NetworkInterface[];
  /** Paths of Unix sockets that accept connections. */
  readonly sockets?: readonly string[];
  /** TCP ports in use, each with the process that listens there or `hidden` when it cannot be seen. */
  readonly listeners?: Readonly<Record<number, ListeningProcess | 'hidden'>>;
  /** Addresses by host name. Default: only the machine's own name. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

export function createMemoryNetwork(options: MemoryNetworkOptions): Network {
  const hostName = options.hostName ?? 'memory';
  const names = options.names ?? { [hostName]: ['127.0.1.1'] };
  return {
    hostName: () => hostName,
    interfaces: () => options.interfaces ?? [],
    defaultRoutes: async () => options.routes,
    acceptsConnections: async (path) => options.sockets?.includes(path) === true,
    portFault: async (port) => (options.listeners?.[port] === undefined ? undefined : 'EADDRINUSE'),
    listener: async (port) => {
      const listener = options.listeners?.[port];
      return listener === 'hidden' ? undefined : listener;
    },
    lookUp: async (name) => {
      const addresses = isIP(name) === 0 ? (names[name] ?? []) : [name];
      if (addresses.length > 0) return addresses;
      throw failure('NAME_NOT_FOUND', {
        summary: `the name ${name} cannot be resolved`,
        detail: 'the machine in memory does not know it',
        where: { object: `host ${name}` },
      });
    },
  };
}
