/** The service manager of the machine: systemd or OpenRC, whichever is on PATH, and how each is asked and told. */
import { failure } from '../../problems/catalogue.ts';
import type { CommandResult, Services } from '../port.ts';
import { commandFailed, findProgram, runCommand, type Command, type ProgramSearch } from './programs.ts';
import { readServiceLog } from './service-log.ts';

const timeoutMs = 30_000;

/** Looks for the service manager on PATH, once, when it is first needed. */
export function createRealServices(search: ProgramSearch): Services {
  let found: { readonly manager: Manager | undefined } | undefined;
  const find = (): Manager | undefined => (found ??= { manager: findManager(search) }).manager;
  const ask = async (topic: 'exists' | 'enabled' | 'active', service: string): Promise<boolean> => {
    const question = find()?.[topic];
    return question !== undefined && question.isYes(await runCommand(commandFor(question.ask(service), search)), service);
  };
  const order = async (topic: 'stop' | 'restart', service: string): Promise<void> => {
    const manager = find();
    if (manager === undefined) throw managerMissing(service, 'neither systemctl nor openrc is on PATH');
    for (const line of manager[topic](service)) {
      const command = commandFor(line, search);
      requireSuccess(command, await runCommand(command));
    }
  };
  return {
    manager: async () => find()?.name,
    exists: (service) => ask('exists', service),
    enabled: (service) => ask('enabled', service),
    active: (service) => ask('active', service),
    stop: (service) => order('stop', service),
    restart: (service) => order('restart', service),
    enableCommand: async (service) => find()?.enableCommand(service),
    log: (service, lines) => readServiceLog(search, service, lines),
  };
}

/** A machine below a root prefix: no service manager is to be seen there, only what services logged to files. */
export function createAbsentServices(search: ProgramSearch): Services {
  return {
    manager: async () => undefined,
    exists: async () => false,
    enabled: async () => false,
    active: async () => false,
    stop: refuse,
    restart: refuse,
    enableCommand: async () => undefined,
    log: (service, lines) => readServiceLog({ ...search, environment: {} }, service, lines),
  };
}

async function refuse(service: string): Promise<never> {
  throw managerMissing(service, 'with --rootfs no service manager is used');
}

function findManager(search: ProgramSearch): Manager | undefined {
  const manager = managers.find(({ mark }) => findProgram(mark, search) !== undefined);
  const missing = manager?.programs.find((program) => findProgram(program, search) === undefined);
  if (missing !== undefined) throw managerMissing(missing, `${manager?.mark} is on PATH, but ${missing} is not`);
  return manager;
}

function commandFor([name, ...args]: ManagerCommand, search: ProgramSearch): Command {
  // The answers are recognised by their English words. A program gone since the manager was found fails under its bare name.
  return { argv: [findProgram(name, search) ?? name, ...args], environment: { ...search.environment, LC_ALL: 'C' }, timeoutMs };
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

/** A program and its arguments. */
type ManagerCommand = readonly [program: string, ...args: readonly string[]];

interface Question {
  readonly ask: (service: string) => ManagerCommand;
  readonly isYes: (result: CommandResult, service: string) => boolean;
}

interface Manager {
  readonly name: 'systemd' | 'openrc';
  /** The manager is there when this program is on PATH. */
  readonly mark: string;
  /** Programs that it then needs. */
  readonly programs: readonly string[];
  readonly exists: Question;
  readonly enabled: Question;
  readonly active: Question;
  readonly stop: (service: string) => readonly ManagerCommand[];
  readonly restart: (service: string) => readonly ManagerCommand[];
  /** As a user types it. */
  readonly enableCommand: (service: string) => string;
}

const systemd: Manager = {
  name: 'systemd',
  mark: 'systemctl',
  programs: [],
  exists: {
    ask: (service) => ['systemctl', 'status', service],
    isYes: ({ stdout, stderr }) => !/Loaded: not-found|could not be found/.test(stdout + stderr),
  },
  enabled: { ask: (service) => ['systemctl', 'is-enabled', service], isYes: ({ exitCode }) => exitCode === 0 },
  active: {
    ask: (service) => ['systemctl', 'is-active', service],
    isYes: ({ stdout }) => /^(active|activating)$/.test(stdout.trim()),
  },
  stop: (service) => [['systemctl', 'stop', service]],
  restart: (service) => [
    ['systemctl', 'daemon-reload'],
    ['systemctl', 'restart', service],
  ],
  enableCommand: (service) => `systemctl enable ${service}.service`,
};

const openrc: Manager = {
  name: 'openrc',
  mark: 'openrc',
  programs: ['rc-service', 'rc-update'],
  exists: {
    ask: (service) => ['rc-service', service, 'status'],
    isYes: ({ stdout, stderr }) => !(stdout + stderr).includes('does not exist'),
  },
  enabled: {
    ask: () => ['rc-update', 'show', 'default'],
    // One line a service: its name, a bar, the runlevel.
    isYes: ({ stdout }, service) => stdout.split('\n').some((line) => line.split('|')[0]?.trim() === service),
  },
  active: {
    ask: (service) => ['rc-service', service, 'status'],
    isYes: ({ stdout, stderr }) => !/stopped|does not exist/.test(stdout + stderr),
  },
  stop: (service) => [['rc-service', service, 'stop']],
  restart: (service) => [['rc-service', service, 'restart']],
  enableCommand: (service) => `rc-update add ${service} default`,
};

/** In the order in which they are looked for. */
const managers: readonly Manager[] = [systemd, openrc];
