/** `preflight run`: runs the checks of `init` and prints how each turned out. */
import type { Command } from 'commander';
import { ProblemError, type Problem } from 'phaserunner';
import { addFlags, setExamples } from 'phaserunner/commander';
import type { InitConfig } from '../../config/types.ts';
import { runFlags } from '../../flags/preflight.ts';
import type { ControlPlaneCheckContext } from '../../preflight/check.ts';
import type { CheckOutcome } from '../../preflight/run.ts';
import { problem } from '../../problems/catalogue.ts';
import { openCall, succeeded, tellWarnings, type Call } from '../../run/call.ts';
import type { Machine, Setting } from '../../run/machine.ts';

export function bindPreflightRun(command: Command, { program, machine }: Setting): void {
  command.description(
    [
      'Runs the checks of `init phase preflight` with the same file and flags, and shows all of them, those that pass included.',
      'No image is pulled and nothing is changed. Users without the rights of root see one check only, unless they ignore IsPrivilegedUser.',
    ].join('\n'),
  );
  addFlags(command, runFlags);
  setExamples(
    command,
    [
      `${program} preflight run --config cluster.yaml`,
      `${program} preflight run --ignore-preflight-errors=Swap,NumCPU`,
      `${program} preflight run -o json | jq '.result.checks[] | select(.status != "passed")'`,
    ].join('\n'),
  );
  command.action(async () => {
    const startedMs = performance.now();
    const call = await openCall(command, machine, 'config');
    const outcomes = await runAll(call, { program, machine });
    const { outcomeDocument, outcomeText } = await import('./outcomes.ts');
    const { output } = call.flags;
    const problems = refusals(outcomes);
    const durationMs = Math.round(performance.now() - startedMs);
    const isData = output === 'json' || output === 'yaml';
    call.io.stdout.write(isData ? await outcomeDocument({ outcomes, problems, durationMs }, output) : outcomeText(outcomes));
    if (problems.length > 0) throw new ProblemError(problems);
  });
}

/** As in `init`: the rights of the user first, and nothing else where they are missing. */
async function runAll(call: Call, { program, machine }: Setting): Promise<readonly CheckOutcome[]> {
  const [{ performChecks }, { isPrivilegedUser }, { initChecks }, { withoutLeftovers }] = await Promise.all([
    import('../../preflight/run.ts'),
    import('../../preflight/machine.ts'),
    import('../../preflight/init-checks.ts'),
    import('../../preflight/leftovers.ts'),
  ]);
  const context = await openContext(call, machine);
  const { ignorePreflightErrors: ignore } = context.config.nodeRegistration;
  await refuseUnknownNames(ignore, { call, program });
  const rights = await performChecks([isPrivilegedUser], { context, ignore });
  if (rights.some(isFailed)) return rights;
  return [...rights, ...(await performChecks(withoutLeftovers(initChecks(context)), { context, ignore }))];
}

async function openContext(call: Call, machine: Machine): Promise<ControlPlaneCheckContext> {
  const { flags, host, file, io } = call;
  const [{ loadInitConfig }, { pathsOf }, { createPatches }, { openChecks }] = await Promise.all([
    import('../../config/load.ts'),
    import('../../run/open.ts'),
    import('../../operations/patches.ts'),
    import('../../preflight/open.ts'),
  ]);
  const loaded = await loadInitConfig(host, {
    flags,
    detectCriSocket: true,
    strict: flags['strict'] === true,
    allowUnknownVersion: flags['allow-unknown-version'] === true,
    ...(call.labels === undefined ? {} : { labels: call.labels }),
    ...(file === undefined ? {} : { configPath: file }),
  });
  const { config, release } = succeeded(loaded, io);
  const cri = await machine.openRuntime(config.nodeRegistration.criSocket);
  const paths = pathsOf(config.cluster.certificatesDir, {});
  const patches = createPatches(host.files, config.patchesDirectory);
  return openChecks({ config, release, host, cri, paths, patches }, new AbortController().signal);
}

/** @throws ProblemError `PREFLIGHT_CHECK_UNKNOWN`; under the name kubeadm they are only told, as in `init` */
async function refuseUnknownNames(
  ignored: InitConfig['nodeRegistration']['ignorePreflightErrors'],
  { call, program }: { readonly call: Call; readonly program: string },
): Promise<void> {
  const { unknownIgnoredChecks } = await import('../../preflight/check-names.ts');
  const unknown = unknownIgnoredChecks(ignored);
  if (unknown.length > 0 && program !== 'kubeadm') throw new ProblemError(unknown);
  tellWarnings(unknown, call.io);
}

function isFailed({ status }: CheckOutcome): boolean {
  return status === 'error';
}

/** `PREFLIGHT_FAILED` when a check failed; what it found is printed beside it. */
function refusals(outcomes: readonly CheckOutcome[]): readonly Problem[] {
  const names = [...new Set(outcomes.filter(isFailed).map(({ name }) => name))];
  if (names.length === 0) return [];
  const refusal = problem('PREFLIGHT_FAILED', {
    summary: `${names.length === 1 ? 'a check' : `${names.length} checks`} failed: ${names.join(', ')}`,
    remedy: `Mend what they found, or ignore them: --ignore-preflight-errors=${names.join(',')}.`,
  });
  return [refusal];
}
