/** The commands of the program by name and one-line text; each is completed only when the command line names it. */
import { Command, Option } from 'commander';
import { ioOf, runProgram, whenReached } from 'phaserunner/commander';
import { bindCertificateKey } from './commands/certs/certificate-key.ts';
import { bindTokenGenerate } from './commands/token/generate.ts';
import { versionFormats, versionRecord, versionText, type VersionFormat } from './commands/version.ts';
import type { MainInput } from './main.ts';
import { exitCodeOf } from './problems/catalogue.ts';
import type { ProgramName } from './product.ts';

/** Runs the command that `input.argv` names; returns the exit code. */
export async function runCommandLine(name: ProgramName, input: MainInput): Promise<number> {
  const program = createProgram(name);
  // Scripts written for kubeadm know one exit code for every failure.
  const codeOf = name === 'kubeadm' ? (): number => 1 : exitCodeOf;
  return runProgram(program, input.argv, { io: input.io, signals: input.signals, exitCodeOf: codeOf });
}

/** The tree of commands. */
export function createProgram(name: ProgramName): Command {
  const program = new Command(name);
  program.description('Sets up Kubernetes clusters in phases that can be run all, one by one, some, or all but some.');
  program.addOption(new Option('--rootfs <DIR>', 'work on the file system below this folder; no chroot, no root rights needed'));
  const init = program.command('init').summary('Set up a control plane node');
  whenReached(init, async () => {
    const { bindInit } = await import('./commands/init/init.ts');
    await bindInit(init);
  });
  addVersion(program, name);
  const certs = program.command('certs').alias('certificates').summary('Handle certificates');
  bindCertificateKey(certs.command('certificate-key').summary('Print a key for uploaded certificates'));
  const token = program.command('token').summary('Handle bootstrap tokens');
  bindTokenGenerate(token.command('generate').summary('Print a random bootstrap token'));
  return program;
}

function addVersion(program: Command, name: ProgramName): void {
  const version = program.command('version').summary('Print the version');
  version.addOption(new Option('-o, --output <FORMAT>', 'form of the output').choices(versionFormats).default('text'));
  version.action(async (options: { readonly output: VersionFormat }) => {
    ioOf(version).stdout.write(options.output === 'yaml' ? await versionYaml() : versionText(name, options.output));
  });
}

async function versionYaml(): Promise<string> {
  const { printYaml } = await import('./formats/yaml/print.ts');
  return printYaml(versionRecord());
}
