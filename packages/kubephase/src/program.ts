/** The commands of the program by name and one-line text; each is completed only when the command line names it. */
import { Command } from 'commander';
import { addFlags, ioOf, readFlags, runProgram, whenReached, type ProgramOptions } from 'phaserunner/commander';
import { bindCertificateKey } from './commands/certs/certificate-key.ts';
import { bindTokenGenerate } from './commands/token/generate.ts';
import { bindCompletion } from './commands/completion.ts';
import { versionRecord, versionText } from './commands/version.ts';
import { globalFlags, versionOutputFlag } from './flags/global.ts';
import { exitCodeOf } from './problems/catalogue.ts';
import type { ProgramName } from './product.ts';

/** What a command line is run with. */
export interface CommandLineInput {
  /** Words behind the program's name. */
  readonly argv: readonly string[];
  readonly io: NonNullable<ProgramOptions['io']>;
  readonly signals: NonNullable<ProgramOptions['signals']>;
}

/** Runs the command that `input.argv` names; returns the exit code. */
export async function runCommandLine(name: ProgramName, input: CommandLineInput): Promise<number> {
  const program = createProgram(name);
  // Scripts written for kubeadm know one exit code for every failure.
  const codeOf = name === 'kubeadm' ? (): number => 1 : exitCodeOf;
  return runProgram(program, input.argv, { io: input.io, signals: input.signals, exitCodeOf: codeOf });
}

/** The tree of commands. */
export function createProgram(name: ProgramName): Command {
  const program = new Command(name);
  program.description('Sets up Kubernetes clusters in phases that can be run all, one by one, some, or all but some.');
  addFlags(program, Object.values(globalFlags));
  const init = program.command('init').summary('Set up a control plane node');
  whenReached(init, async () => {
    const { bindInit } = await import('./commands/init/init.ts');
    await bindInit(init);
  });
  addVersion(program, name);
  const config = program.command('config').summary('Print, check, convert and explain configuration files');
  whenReached(config, async () => {
    const { bindConfig } = await import('./commands/config/config.ts');
    bindConfig(config, name);
  });
  const preflight = program.command('preflight').summary('List, run and explain the checks that init begins with');
  whenReached(preflight, async () => {
    const { bindPreflight } = await import('./commands/preflight/preflight.ts');
    bindPreflight(preflight, name);
  });
  const certs = program.command('certs').alias('certificates').summary('Handle certificates');
  bindCertificateKey(certs.command('certificate-key').summary('Print a key for uploaded certificates'));
  const token = program.command('token').summary('Handle bootstrap tokens');
  bindTokenGenerate(token.command('generate').summary('Print a random bootstrap token'));
  bindCompletion(program, program.command('completion').summary('Print a completion script for a shell'));
  return program;
}

function addVersion(program: Command, name: ProgramName): void {
  const version = program.command('version').summary('Print the version');
  addFlags(version, [versionOutputFlag]);
  version.action(async () => {
    const { output } = (await readFlags(version)).flags;
    ioOf(version).stdout.write(
      output === 'yaml' ? await versionYaml() : versionText(name, output === 'json' || output === 'short' ? output : 'text'),
    );
  });
}

async function versionYaml(): Promise<string> {
  const { printYaml } = await import('./formats/yaml/print.ts');
  return printYaml(versionRecord());
}
