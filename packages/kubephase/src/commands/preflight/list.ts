/** `preflight list`: prints the checks of `init`. */
import type { Command } from 'commander';
import { addFlags, ioOf, readFlags, setExamples } from 'phaserunner/commander';
import { describeFlags } from '../../flags/preflight.ts';
import type { KnownCheck } from '../../preflight/known-checks.ts';
import type { Setting } from '../config/machine.ts';

export function bindPreflightList(command: Command, { program }: Setting): void {
  command.description(
    'The checks in the order in which they are reported, under the names that --ignore-preflight-errors takes. Ports and paths are the defaults: a configuration with the port 7443 has the check Port-7443.',
  );
  addFlags(command, describeFlags);
  setExamples(command, [`${program} preflight list`, `${program} preflight list -o json | jq -r '.[].name'`].join('\n'));
  command.action(async () => {
    const [{ flags }, { knownChecks }] = await Promise.all([readFlags(command), import('../../preflight/known-checks.ts')]);
    const checks = await knownChecks();
    const { output } = flags;
    ioOf(command).stdout.write(
      output === 'json' || output === 'yaml'
        ? await (await import('../../output/print.ts')).printDocument(checks, output)
        : await checkTable(checks),
    );
  });
}

async function checkTable(checks: readonly KnownCheck[]): Promise<string> {
  const { printTable } = await import('../../output/print.ts');
  const rows = checks.map(({ name, severity = '', commands, about, only }) => [
    name,
    severity,
    commands.join(', '),
    `${firstSentence(about)}${only === undefined ? '' : ` (only ${only})`}`,
  ]);
  return printTable([['CHECK', 'SEVERITY', 'COMMANDS', 'ABOUT'], ...rows]);
}

/** Without its full stop. A stop inside a version or a file name has no blank behind it. */
function firstSentence(text: string): string {
  return (/^.*?(?=[.:] |\.$)/.exec(text)?.[0] ?? text).trim();
}
