/** Rules for names in files that stand for phases and preflight checks: what the command would say of them. */
import type { Command } from 'commander';
import { isProblemError, selectPhases, type Problem, type Workflow } from 'phaserunner';
import type { RuleResult, Rule } from '../../../config/validate/rule.ts';
import type { WholeConfig } from '../../../config/whole-file.ts';
import { unknownIgnoredChecks } from '../../../preflight/check-names.ts';
import { withExtraPhases } from '../../../run/extra-phases.ts';
import type { Setting } from '../../../run/machine.ts';

/** The command with phases that reads a kind, by the kind. */
export interface PhaseOwners {
  readonly init: () => Promise<Workflow<never>>;
}

interface NameContext extends Pick<Setting, 'program'> {
  readonly command: Command;
  readonly workflows: PhaseOwners;
}

/** @throws ProblemError when the extra phases of the settings cannot be loaded */
export async function nameRules({ program, command, workflows }: NameContext): Promise<readonly Rule<WholeConfig>[]> {
  const init = await withExtraPhases(await workflows.init(), command);
  return [
    {
      name: 'skipped-phases',
      check: (config) =>
        (config.init?.skipPhases ?? []).flatMap((name, index) => unknownPhase(init, name, `InitConfiguration.skipPhases.${index}`)),
    },
    {
      name: 'ignored-check-names',
      check: ({ init: given, join, reset, upgrade }) => [
        ...ignored('InitConfiguration.nodeRegistration', given?.nodeRegistration, program),
        ...ignored('JoinConfiguration.nodeRegistration', join?.nodeRegistration, program),
        ...ignored('ResetConfiguration', reset, program),
        ...ignored('UpgradeConfiguration.apply', upgrade?.apply, program),
        ...ignored('UpgradeConfiguration.node', upgrade?.node, program),
        ...ignored('UpgradeConfiguration.plan', upgrade?.plan, program),
      ],
    },
  ];
}

function unknownPhase(workflow: Workflow<never>, name: string, field: string): readonly RuleResult[] {
  try {
    selectPhases(workflow, [{ origin: 'skipPhases', skip: [name] }]);
    return [];
  } catch (error) {
    if (!isProblemError(error)) throw error;
    const { summary, remedy } = error.problem;
    return [{ field, value: name, detail: summary, ...sentence(remedy) }];
  }
}

interface Ignoring {
  readonly ignorePreflightErrors: readonly string[];
}

/** Scripts written for kubeadm may name checks that we do not know: under its name they are only warned of, as in a run. */
function ignored(at: string, given: Ignoring | undefined, program: Setting['program']): readonly RuleResult[] {
  return (given?.ignorePreflightErrors ?? []).flatMap((name, index) => {
    const [unknown] = unknownIgnoredChecks([name]);
    if (unknown === undefined) return [];
    const { summary, remedy = '' } = unknown;
    const field = `${at}.ignorePreflightErrors.${index}`;
    return [program === 'kubeadm' ? { field, remark: summary, remedy } : { field, value: name, detail: summary, remedy }];
  });
}

/** Remedies of the engine are parts of sentences. */
function sentence(remedy: Problem['remedy']): { readonly remedy?: string } {
  return remedy === undefined ? {} : { remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.` };
}
