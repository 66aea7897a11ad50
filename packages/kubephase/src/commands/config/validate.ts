/** `config validate`: checks a configuration file and tells everything that is wrong with it, with line and column. */
import type { Command } from 'commander';
import { addFlags, setExamples } from 'phaserunner/commander';
import { validateFlags } from '../../flags/config.ts';
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
      `${program} config validate --config cluster.yaml -o json | jq -r '.problems[]?.summary'`,
    ].join('\n'),
  );
  command.action(async () => {
    const startedMs = performance.now();
    const call = await openCall(command, machine, 'config');
    await validate({ ...call, startedMs }, mandatoryFile(call, 'config'));
  });
}

interface TimedCall extends Call {
  /** As `performance.now()` tells it. */
  readonly startedMs: number;
}

async function validate({ flags, host, io, startedMs }: TimedCall, path: string): Promise<void> {
  const { loadConfig } = await import('../../config/whole-file.ts');
  const loaded = await loadConfig({
    path,
    host,
    strict: true,
    allowDeprecatedVersions: flags['allow-deprecated-api'] === true,
    allowUnknownVersion: flags['allow-unknown-version'] === true,
  });
  const { output } = flags;
  if (output !== 'json' && output !== 'yaml') {
    succeeded(loaded, io);
    return io.stdout.write('ok\n');
  }
  const [{ reportedProblem, reportedWarning }, { commandDocument }, { printDocument }] = await Promise.all([
    import('../../output/report.ts'),
    import('../../output/run-document.ts'),
    import('../../output/print.ts'),
  ]);
  const document = commandDocument({
    command: 'config validate',
    durationMs: Math.round(performance.now() - startedMs),
    problems: loaded.ok ? [] : loaded.problems.map(reportedProblem),
    warnings: loaded.warnings.map(reportedWarning),
  });
  io.stdout.write(await printDocument(document, output));
  succeeded(loaded, io);
}
