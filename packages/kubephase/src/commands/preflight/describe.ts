/** `preflight list` and `preflight explain`: what the checks are about. */
import type { Command } from 'commander';
import { ProblemError } from 'phaserunner';
import { addFlags, ioOf, readFlags, setExamples, setOperandCandidates, type Candidate } from 'phaserunner/commander';
import { describeFlags } from '../../flags/preflight.ts';
import type { KnownCheck } from '../../preflight/known-checks.ts';
import type { Setting } from '../../run/machine.ts';

export function bindPreflightList(command: Command, { program }: Setting): void {
  command.description(
    'The checks in the order in which they are reported, under the names that --ignore-preflight-errors takes. Ports and paths are the defaults: a configuration with the port 7443 has the check Port-7443.',
  );
  addFlags(command, describeFlags);
  setExamples(command, [`${program} preflight list`, `${program} preflight list -o json | jq -r '.[].name'`].join('\n'));
  command.action(async () => {
    const { flags } = readFlags(command);
    const { knownChecks } = await import('../../preflight/known-checks.ts');
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

/** What completion offers where a check is named. */
export async function checkCandidates(): Promise<readonly Candidate[]> {
  const { knownChecks } = await import('../../preflight/known-checks.ts');
  return (await knownChecks()).map(({ name, about }) => ({ word: name, text: firstSentence(about) }));
}

export function bindPreflightExplain(command: Command, { program }: Setting): void {
  command.description('What the check looks at, when it fails and what mends that, and how to go on regardless. Nothing is looked at.');
  command.argument('<NAME>', 'check, as errors and warnings name it');
  setOperandCandidates(command, checkCandidates);
  addFlags(command, describeFlags);
  setExamples(
    command,
    [`${program} preflight explain Port-6443`, `${program} preflight explain FileAvailable--etc-kubernetes-manifests-etcd.yaml`].join('\n'),
  );
  command.action(async (name: string) => {
    const { flags } = readFlags(command);
    const check = await findCheck(name);
    const { output } = flags;
    const document = { ...check, ...(check.commands.length === 0 ? {} : { ignore: ignoring(check.name) }) };
    ioOf(command).stdout.write(
      output === 'json' || output === 'yaml'
        ? await (await import('../../output/print.ts')).printDocument(document, output)
        : explanation(check),
    );
  });
}

/** @throws ProblemError `PREFLIGHT_CHECK_UNKNOWN` */
async function findCheck(name: string): Promise<KnownCheck> {
  const { findKnownCheck } = await import('../../preflight/known-checks.ts');
  const check = await findKnownCheck(name);
  if (check !== undefined) return check;
  const { unknownCheck } = await import('../../preflight/check-names.ts');
  throw new ProblemError(unknownCheck(name, 'preflight explain'));
}

function explanation({ name, severity, about, commands, only }: KnownCheck): string {
  const facts = [
    ...(commands.length === 0 ? [] : [`commands: ${commands.join(', ')}${only === undefined ? '' : ` (only ${only})`}`]),
    ...(severity === undefined ? [] : [`severity: ${severity}${severity === 'error' ? ', stops the run' : ', stops nothing'}`]),
  ];
  const ignore = severity === 'error' ? ['', `To go on regardless: ${ignoring(name)},`, ...fileLines(name)] : [];
  return [name, ...facts.map((fact) => `  ${fact}`), '', about, ...ignore, ''].join('\n');
}

function fileLines(name: string): readonly string[] {
  return ['or in the configuration file:', '', '  nodeRegistration:', `    ignorePreflightErrors: [${name}]`];
}

function ignoring(name: string): string {
  return `--ignore-preflight-errors=${name}`;
}
