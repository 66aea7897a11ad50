/** One call of a command that runs no workflow: its flags, its streams, the machine and the file that it reads. */
import type { Command } from 'commander';
import { ProblemError, type FlagValues, type Problem } from 'phaserunner';
import { ioOf, readFlags, type CommandIo } from 'phaserunner/commander';
import type { ReleaseLabels } from '../clients/releases/port.ts';
import { failure, warningText } from '../problems/catalogue.ts';
import type { Input } from './input.ts';
import type { Machine } from './machine.ts';

export interface Call extends Omit<Input, 'base'> {
  readonly flags: FlagValues;
  readonly io: CommandIo;
  /** Name under which the program runs. */
  readonly program: string;
  /** Where version labels are looked up. */
  readonly labels?: ReleaseLabels;
  /** Absolute form of a path that the user gave. */
  readonly absolute: (path: string) => string;
}

/** @param fileFlag name of the flag that names the file to read */
export async function openCall(command: Command, machine: Machine, fileFlag: string): Promise<Call> {
  const { flags } = readFlags(command);
  const { absolutePath, readInput } = await import('./input.ts');
  const io = ioOf(command);
  const rootfs = typeof flags['rootfs'] === 'string' ? flags['rootfs'] : undefined;
  const { base: _base, ...input } = await readInput(machine, { io, flags: { ...flags, rootfs }, fileFlag });
  const labels = await machine.openLabels?.(io.environment);
  return {
    ...input,
    flags,
    io,
    program: programOf(command),
    absolute: (path) => absolutePath(path, rootfs),
    ...(labels === undefined ? {} : { labels }),
  };
}

function programOf(command: Command): string {
  return command.parent === null ? command.name() : programOf(command.parent);
}

/**
 * The file of a call that makes no sense without one.
 * @throws ProblemError `FLAG_VALUE_INVALID`
 */
export function mandatoryFile({ file }: Call, fileFlag: string): string {
  if (file !== undefined) return file;
  throw failure('FLAG_VALUE_INVALID', {
    summary: `the --${fileFlag} flag is mandatory`,
    remedy: `Name the configuration file: --${fileFlag} cluster.yaml, or --${fileFlag} - to read standard input.`,
    where: { object: `--${fileFlag}` },
  });
}

/** What every loader returns: a result, or what is wrong. */
type Outcome =
  | { readonly ok: true; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly warnings: readonly Problem[]; readonly problems: readonly Problem[] };

/**
 * Tells the warnings of `outcome` and returns it when it succeeded.
 * @throws ProblemError with everything that is wrong
 */
export function succeeded<T extends Outcome>(outcome: T, io: CommandIo): Extract<T, { readonly ok: true }> {
  tellWarnings(outcome.warnings, io);
  if (!outcome.ok) throw new ProblemError(outcome.problems);
  return outcome as Extract<T, { readonly ok: true }>;
}

/** Warnings go to standard error, so that standard output can be read by programs. */
export function tellWarnings(warnings: readonly Problem[], io: CommandIo): void {
  for (const warning of warnings) io.stderr.write(`warning: ${warningText(warning)}\n`);
}
