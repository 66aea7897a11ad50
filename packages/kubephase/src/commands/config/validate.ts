/** `config validate`: checks a configuration file and tells everything that is wrong with it, with line and column. */
import type { Command } from 'commander';
import { redactProblem, type Problem } from 'phaserunner';
import { addFlags, setExamples } from 'phaserunner/commander';
import { validateFlags } from '../../flags/config.ts';
import { maskMessage } from '../../problems/secrets.ts';
import { mandatoryFile, openCall, succeeded, type Call } from '../../run/call.ts';
import type { Setting } from '../../run/machine.ts';

export function bindValidate(command: Command, { program, machine }: Setting): void {
  command.description(
    [
      'Checks every document of the file: unknown kinds and fields, repeated keys, types, values, and values that do not fit together.',
      'Prints ok, or all problems with file:line:column, what is allowed and what was probably meant. Changes nothing.',
    ].join('\n'),
  );
  addFlags(command, validateFlags);
  setExamples(
    command,
    [
      `${program} config validate --config cluster.yaml`,
      `helm template cluster | ${program} config validate --config -`,
      `${program} config validate --config cluster.yaml -o json | jq '.[].summary'`,
    ].join('\n'),
  );
  command.action(async () => {
    const call = await openCall(command, machine, 'config');
    await validate(call, mandatoryFile(call, 'config'));
  });
}

async function validate({ flags, host, io, program }: Call, path: string): Promise<void> {
  const { loadConfig } = await import('../../config/whole-file.ts');
  const loaded = await loadConfig({
    path,
    host,
    strict: true,
    program,
    allowDeprecatedVersions: flags['allow-deprecated-api'] === true,
    allowUnknownVersion: flags['allow-unknown-version'] === true,
  });
  if (flags['output'] === 'json') io.stdout.write(await problemList(loaded.ok ? [] : loaded.problems, loaded.warnings));
  succeeded(loaded, io);
  if (flags['output'] !== 'json') io.stdout.write('ok\n');
}

/** Warnings stand in the list too: a program may be stricter than we are. */
async function problemList(problems: readonly Problem[], warnings: readonly Problem[]): Promise<string> {
  const [{ jsonSafe }, { printDocument }] = await Promise.all([import('phaserunner/render'), import('../../output/print.ts')]);
  return printDocument(jsonSafe([...rows('error', problems), ...rows('warning', warnings)]), 'json');
}

function rows(severity: 'error' | 'warning', problems: readonly Problem[]): readonly object[] {
  return problems.map((problem) => ({ severity, ...redactProblem(problem, maskMessage) }));
}
