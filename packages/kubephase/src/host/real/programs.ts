/** Programs of the machine: found on PATH, run to their end, and the evidence kept when they fail. */
import { accessSync, constants, statSync } from 'node:fs';
import { failure } from '../../problems/catalogue.ts';
import { isSystemError, type Tree } from '../files/disk.ts';
import { findPlace } from '../files/place.ts';
import type { CommandResult, Programs } from '../port.ts';

type Ask = Programs['ask'];

/** PATH is that of the environment; the programs answer in English, so that their words can be recognised. */
export function createRealPrograms(search: ProgramSearch): Programs {
  const environment = { ...search.environment, LC_ALL: 'C' };
  return {
    find: async (name) => findProgram(name, search),
    ask: async ([name, ...args], timeoutMs) => {
      const program = findProgram(name, search);
      if (program === undefined) throw cannotStart([name, ...args], `${name} is not on PATH`);
      return runCommand({ argv: [program, ...args], environment, timeoutMs });
    },
  };
}

/**
 * Programs below a root prefix: they can be found there, as after chroot(2), but not be run. The programs of the machine outside
 * would tell about the wrong machine.
 */
export function createUnaskedPrograms(search: ProgramSearch): Programs {
  return {
    find: async (name) => findProgram(name, search),
    ask: async (argv) => {
      throw cannotStart(argv, 'with --rootfs no program is run');
    },
  };
}

function cannotStart(argv: Parameters<Ask>[0], detail: string): Error {
  return failure('PROGRAM_FAILED', {
    summary: `the command cannot be started: ${shellLine(argv)}`,
    detail,
    remedy: `Install ${argv[0]}, or add its folder to PATH.`,
    where: { object: shellLine(argv) },
  });
}

export interface ProgramSearch {
  readonly tree: Tree;
  readonly environment: Command['environment'];
}

/**
 * Returns the path, as the user knows it, of the first executable file of that name on PATH. Folders of PATH that are not
 * absolute are left out: what the current folder holds is not for root to run. A name that is an absolute path stands for itself.
 */
export function findProgram(name: string, search: ProgramSearch): string | undefined {
  if (name.startsWith('/')) return isProgram(name, search.tree) ? name : undefined;
  const directories = (search.environment['PATH'] ?? '').split(':').filter((directory) => directory.startsWith('/'));
  return directories.map((directory) => `${directory}/${name}`).find((path) => isProgram(path, search.tree));
}

function isProgram(path: string, { disk, root }: Tree): boolean {
  try {
    const place = findPlace(disk, root, path).path;
    accessSync(place, constants.X_OK);
    return statSync(place).isFile();
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

export interface Command {
  /** Program with its path, then its arguments. */
  readonly argv: readonly [string, ...(readonly string[])];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
}

/** Lines of output that a problem repeats. */
const keptLines = 5;

/**
 * Runs `command` without a shell and returns its result, whatever its exit code.
 * @throws ProblemError `PROGRAM_FAILED` when it cannot be started or is killed by a signal, `COMMAND_TIMED_OUT`
 */
export async function runCommand(command: Command): Promise<CommandResult> {
  const { execFile } = await import('node:child_process');
  const [program, ...args] = command.argv;
  const options = { env: command.environment, timeout: command.timeoutMs, killSignal: 'SIGKILL', encoding: 'utf8' } as const;
  return new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve({ exitCode: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, stdout, stderr });
      else if (error.killed === true) reject(timedOut(command));
      else reject(commandFailed(command, error.signal ? `stopped by ${error.signal}` : error.message, stderr || stdout));
    });
  });
}

/** The error for a program that did not do what was asked. `output` is what it printed; its last lines are kept. */
export function commandFailed(command: Command, reason: string, output: string): Error {
  return failure('PROGRAM_FAILED', {
    summary: `the command failed: ${shellLine(command.argv)}`,
    detail: [reason, ...output.trim().split('\n').slice(-keptLines)].filter((line) => line !== '').join('\n'),
    remedy: 'Run the command by hand and mend what it reports.',
    where: { object: shellLine(command.argv) },
  });
}

function timedOut(command: Command): Error {
  return failure('COMMAND_TIMED_OUT', {
    summary: `the command did not end within ${command.timeoutMs / 1000} s: ${shellLine(command.argv)}`,
    remedy: 'Run the command by hand and see what it waits for.',
    where: { object: shellLine(command.argv) },
  });
}

/** The command as it can be pasted into a shell. */
export function shellLine(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`)).join(' ');
}
