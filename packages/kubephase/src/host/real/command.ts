/** Runs a program to its end and keeps the evidence when it fails. */
import { failure } from '../../problems/catalogue.ts';
import type { CommandResult } from '../port.ts';

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
 * @throws ProblemError `COMMAND_FAILED` when it cannot be started or is killed by a signal, `COMMAND_TIMED_OUT`
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
  return failure('COMMAND_FAILED', {
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
