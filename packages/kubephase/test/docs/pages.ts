/** The reference pages, made from the same data as the program. */
import { engineCodes, flatten, makersIn, resolveNeed, type Flag, type FlatPhase, type ResolvedNeed } from 'phaserunner';
import { workflow } from '../../src/commands/init/workflow.ts';
import { catalogue, describeCode, isRetryable } from '../../src/problems/catalogue.ts';
import { knownChecks, type KnownCheck } from '../../src/preflight/known-checks.ts';
import { exitCodes } from '../../src/problems/exit-code.ts';
import type { ByPatch } from '../../src/releases/release.ts';
import { releases } from '../../src/releases/index.ts';

const generated = '<!-- Made from the program by `npm run update:docs`; changes by hand are lost. -->\n';

/** Text of every page by its path below `docs/reference/`. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['exit-codes.md', exitCodePage()],
    ['preflight.md', preflightPage(await knownChecks())],
    ['problems.md', problemPage()],
    ['releases.md', releasePage()],
    ['init.md', workflowPage()],
    ...flatten(workflow).map((one) => [`init/phase/${one.path}.md`, phasePage(one)] as const),
  ]);
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [tableRow(head), tableRow(head.map(() => '---')), ...rows.map(tableRow)].join('\n');
}

function page(title: string, ...parts: readonly string[]): string {
  return `${[`# ${title}`, generated.trim(), ...parts.filter((part) => part !== '')].join('\n\n')}\n`;
}

function exitCodePage(): string {
  const rows = Object.entries(exitCodes).map(([name, { code, meaning }]) => [String(code), name, meaning]);
  return page(
    'Exit codes',
    'Started under the name `kubeadm`, every failure exits with 1, as scripts written for kubeadm expect; interrupts exit as below.',
    table(['code', 'name', 'meaning'], rows),
  );
}

function preflightPage(checks: readonly KnownCheck[]): string {
  const rows = checks.map((check) => [
    `\`${check.name}\``,
    check.severity ?? '',
    check.only === undefined ? check.about : `${check.about} Only ${check.only}.`,
  ]);
  return page(
    'Preflight checks',
    'What `kubephase init` looks at before it changes the machine, in the order in which it reports. Ports and paths are the defaults: with `bindPort: 7443` a check is called `Port-7443`. A path in a name has its slashes as dashes.',
    'An error stops the run, with exit code 4, unless its check is ignored: `--ignore-preflight-errors=Swap,NumCPU`, or `nodeRegistration.ignorePreflightErrors` in the configuration file; both count together. `all`, on its own, ignores every check. Case does not matter. A name that no check has is a mistake; under the name `kubeadm` it is only told.',
    'All checks run at the same time. One that does not end within 30 seconds is given up; `ExternalEtcdVersion` has 60, and `ImagePull` takes as long as it takes.',
    '`kubephase preflight run` runs them all but `ImagePull` and shows how each turned out, `kubephase preflight explain NAME` tells about one; both print data with `-o json`.',
    table(['check', 'severity', 'about'], rows),
  );
}

function problemPage(): string {
  const codes = [...Object.keys(catalogue), ...Object.keys(engineCodes)].sort();
  const rows = codes.map((code) => {
    const { meaning = '', exit = 'failure' } = describeCode(code) ?? {};
    return [`\`${code}\``, String(exitCodes[exit].code), isRetryable(code) ? 'yes' : 'no', meaning];
  });
  return page(
    'Problem codes',
    'Every failure has one of these stable codes; it is printed with the error and stands in JSON output. "Run again" tells whether the same command may succeed when it is simply run again (`retryable`).',
    table(['code', 'exit code', 'run again', 'meaning'], rows),
  );
}

function byPatch(rows: ByPatch<string>): string {
  return rows.length === 1 ? (rows[0]?.[1] ?? '') : rows.map(([patch, value]) => `${value} from .${patch}`).join(', ');
}

function releasePage(): string {
  const rows = releases.map((release) => [
    release.minor,
    `.${release.lastPatch}`,
    byPatch(release.registry),
    byPatch(release.etcd),
    byPatch(release.coredns),
    release.pause,
    release.confirmed ? 'yes' : 'no',
  ]);
  return page(
    'Kubernetes releases',
    'What is deployed for each Kubernetes minor. For 1.35 and 1.36 it is what kubeadm v1.36 deploys. "Confirmed" means compared with real releases.',
    table(['minor', 'last patch known', 'registry', 'etcd', 'CoreDNS', 'pause', 'confirmed'], rows),
  );
}

function workflowPage(): string {
  const lines = flatten(workflow)
    .filter(({ phase }) => phase.hidden !== true)
    .map(({ path, depth, phase }) => `${'  '.repeat(depth)}- [${path}](init/phase/${path}.md): ${phase.summary}${only(phase)}`);
  return page('kubephase init', `${workflow.summary}.`, '## Phases', lines.join('\n'));
}

function only(phase: FlatPhase['phase']): string {
  return phase.include === undefined ? '' : ` (only ${phase.include.only})`;
}

function needLine({ phases, result = '', or }: ResolvedNeed): string {
  const makers = phases.join(', ') || result;
  return or === undefined ? makers : `${makers}, or ${or}`;
}

/** A heading with a list below it; empty without items. */
function list(heading: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `## ${heading}\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}

const makers = makersIn(workflow);

function phasePage(place: FlatPhase): string {
  const { path, phase } = place;
  const { aliases = [], needs = [], phases = [] } = phase;
  return page(
    `kubephase init phase ${path.replaceAll('/', ' ')}`,
    `${phase.summary}${only(phase)}.`,
    phase.description ?? '',
    phase.example === undefined ? '' : `\`\`\`\n${phase.example.replaceAll(/^phase /gm, 'init phase ')}\n\`\`\``,
    aliases.length === 0 ? '' : `Also called: ${aliases.join(', ')}.`,
    list(
      'Needs',
      needs.map((need) => needLine(resolveNeed(makers, place, need))),
    ),
    list(
      'Phases in it',
      phases.map((child) => `${path}/${child.name}: ${child.summary}${only(child)}`),
    ),
    flagTable(phase.flags ?? []),
  );
}

function flagTable(flags: readonly (string | Flag)[]): string {
  const known: Readonly<Record<string, Flag>> = workflow.flags ?? {};
  const rows = flags
    .flatMap((flag) => (typeof flag === 'string' ? (known[flag] ?? []) : flag))
    .filter((flag) => flag.hidden !== true)
    .map((flag) => [
      `\`--${flag.name}\``,
      flag.type,
      flag.default === undefined ? '' : `\`${JSON.stringify(flag.default)}\``,
      flag.description,
    ]);
  return rows.length === 0 ? '' : `## Flags\n\n${table(['flag', 'type', 'default', 'meaning'], rows)}`;
}
