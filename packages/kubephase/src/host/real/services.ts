/** The service manager of the machine: systemd or OpenRC, whichever is on PATH. */
import { accessSync, constants } from 'node:fs';
import { failure } from '../../problems/catalogue.ts';
import { isSystemError } from '../files/disk.ts';
import type { Services } from '../port.ts';
import { commandFailed, runCommand, type Command, type CommandResult } from './command.ts';

const timeoutMs = 30_000;

type Environment = Command['environment'];

/** How one service manager is asked. Each command is the program's arguments. */
interface Manager {
  readonly name: 'systemd' | 'openrc';
  /** The program that is run. */
  readonly program: string;
  readonly statusOf: (service: string) => readonly string[];
  readonly exists: (result: CommandResult) => boolean;
  readonly activityOf: (service: string) => readonly string[];
  readonly active: (result: CommandResult) => boolean;
  readonly stop: (service: string) => readonly (readonly string[])[];
  readonly restart: (service: string) => readonly (readonly string[])[];
}

const systemd = {
  name: 'systemd',
  statusOf: (service) => ['status', service],
  exists: ({ stdout, stderr }) => !/Loaded: not-found|could not be found/.test(stdout + stderr),
  activityOf: (service) => ['is-active', service],
  active: ({ stdout }) => /^(active|activating)$/.test(stdout.trim()),
  stop: (service) => [['stop', service]],
  restart: (service) => [['daemon-reload'], ['restart', service]],
} as const satisfies Omit<Manager, 'program'>;

const openrc = {
  name: 'openrc',
  statusOf: (service) => [service, 'status'],
  exists: ({ stdout, stderr }) => !(stdout + stderr).includes('does not exist'),
  activityOf: (service) => [service, 'status'],
  active: ({ stdout, stderr }) => !/stopped|does not exist/.test(stdout + stderr),
  stop: (service) => [[service, 'stop']],
  restart: (service) => [[service, 'restart']],
} as const satisfies Omit<Manager, 'program'>;

/** Looks for the service manager on the PATH of `environment`, once, when it is first needed. */
export function createRealServices(environment: Environment): Services {
  let search: { readonly manager: Manager | undefined } | undefined;
  const find = (): Manager | undefined => (search ??= { manager: findManager(environment) }).manager;
  const run = (manager: Manager, args: readonly string[]): Promise<CommandResult> => runCommand(commandFor(manager, args, environment));
  const runAll = async (service: string, lines: (manager: Manager) => readonly (readonly string[])[]): Promise<void> => {
    const manager = find();
    if (manager === undefined) throw managerMissing(service, 'neither systemctl nor openrc is on PATH');
    for (const args of lines(manager)) requireSuccess(commandFor(manager, args, environment), await run(manager, args));
  };
  return {
    manager: async () => find()?.name,
    exists: async (service) => {
      const manager = find();
      return manager !== undefined && manager.exists(await run(manager, manager.statusOf(service)));
    },
    active: async (service) => {
      const manager = find();
      return manager !== undefined && manager.active(await run(manager, manager.activityOf(service)));
    },
    stop: (service) => runAll(service, (manager) => manager.stop(service)),
    restart: (service) => runAll(service, (manager) => manager.restart(service)),
  };
}

/** A machine on which no service manager is to be seen. */
export const absentServices: Services = {
  manager: async () => undefined,
  exists: async () => false,
  active: async () => false,
  stop: async (service) => {
    throw managerMissing(service, 'with --rootfs no service manager is used');
  },
  restart: async (service) => {
    throw managerMissing(service, 'with --rootfs no service manager is used');
  },
};

function findManager(environment: Environment): Manager | undefined {
  const systemctl = findProgram('systemctl', environment);
  if (systemctl !== undefined) return { ...systemd, program: systemctl };
  if (findProgram('openrc', environment) === undefined) return undefined;
  const program = findProgram('rc-service', environment);
  if (program === undefined) throw managerMissing('openrc', 'openrc is on PATH, but rc-service is not');
  return { ...openrc, program };
}

/** Returns the first executable of that name on PATH, as execvp(3) would. */
function findProgram(name: string, environment: Environment): string | undefined {
  const directories = (environment['PATH'] ?? '').split(':').filter((directory) => directory.startsWith('/'));
  return directories.map((directory) => `${directory}/${name}`).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

function commandFor(manager: Manager, args: readonly string[], environment: Environment): Command {
  // The answers are recognised by their English words.
  return { argv: [manager.program, ...args], environment: { ...environment, LC_ALL: 'C' }, timeoutMs };
}

function requireSuccess(command: Command, result: CommandResult): void {
  if (result.exitCode !== 0) throw commandFailed(command, `exit code ${result.exitCode}`, result.stderr || result.stdout);
}

function managerMissing(service: string, detail: string): Error {
  return failure('SERVICE_MANAGER_MISSING', {
    summary: 'no service manager was found',
    detail,
    remedy: `Stop or start the service ${service} by hand.`,
    where: { object: `service ${service}` },
  });
}
