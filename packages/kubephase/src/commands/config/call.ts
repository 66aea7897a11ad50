/** One call of a command below `config`: its flags, its streams, the machine and the file that it reads. */
import type { Command } from 'commander';
import { ProblemError, type FlagValues, type Problem } from 'phaserunner';
import { ioOf, readFlags, type CommandIo } from 'phaserunner/commander';
import type { ReleaseLabels } from '../../clients/releases/port.ts';
import type { Host } from '../../host/port.ts';
import { failure, warningText } from '../../problems/catalogue.ts';
import type { Machine } from './machine.ts';

export interface Call {
  readonly flags: FlagValues;
  readonly io: CommandIo;
  /** Has standard input as a file when the call reads it. */
  readonly host: Host;
  /** Where version labels are looked up. */
  readonly labels?: ReleaseLabels;
  /** Where to read: an absolute path, or the name of standard input; undefined when no file was named. */
  readonly file: string | undefined;
  /** The same as it was typed. */
  readonly typed: string | undefined;
  /** Absolute form of a path that the user gave. */
  readonly absolute: (path: string) => string;
}

/** @param fileFlag name of the flag that names the file to read */
export async function openCall(command: Command, machine: Machine, fileFlag: string): Promise<Call> {
  const [{ flags }, { absolutePath, textFlag }] = await Promise.all([readFlags(command), import('../init/request.ts')]);
  const io = ioOf(command);
  const rootfs = textFlag(flags, 'rootfs');
  const host = await machine.openHost({ environment: io.environment, ...(rootfs === undefined ? {} : { rootfs }) });
  const absolute = (path: string): string => absolutePath(path, flags);
  const typed = textFlag(flags, fileFlag);
  const labels = await machine.openLabels?.(io.environment);
  const call = { flags, io, host, absolute, ...(labels === undefined ? {} : { labels }) };
  // An empty path counts as none, as with kubeadm.
  if (typed === undefined || typed === '') return { ...call, file: undefined, typed: undefined };
  if (typed !== '-') return { ...call, file: absolute(typed), typed };
  const { standardInputName, withStandardInput } = await import('./standard-input.ts');
  return { ...call, host: await withStandardInput(host, io, fileFlag), file: standardInputName, typed: standardInputName };
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
