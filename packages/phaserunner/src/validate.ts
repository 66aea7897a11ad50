/** What can be wrong in the way a workflow is put together. */
import { longestWaitMs } from './clock.ts';
import { clashesIn, type ClashOf } from './own-flags.ts';
import type { Flag } from './flags.ts';
import { hookNames, type Phase, type Result, type RetryPolicy } from './phase.ts';
import type { Problem } from './problems.ts';
import { allWord } from './resolve.ts';
import { makersIn, type Makers } from './results.ts';
import { flatten, joinPath, type FlatPhase } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** A workflow whose phases may name flags that it does not have. */
type Unchecked = Workflow<never>;

/** Something wrong with a phase, in words that follow the phase's path; `field` names the place in it. */
interface Fault {
  readonly says: string;
  readonly remedy: string;
  readonly field?: string;
}

type Rule = (place: FlatPhase, workflow: Unchecked) => readonly Fault[];

const namePattern = /^[a-z0-9][a-z0-9-]*$/;
const workflowNamePattern = /^[a-z0-9][a-z0-9-]*( [a-z0-9][a-z0-9-]*)*$/;

/** Returns every fault of `workflow` as a problem `WORKFLOW_INVALID`, in execution order. */
export function validateWorkflow(workflow: Unchecked): readonly Problem[] {
  const cycle = findCycle(workflow.phases, [], '');
  if (cycle !== undefined) return [problemAt(workflow, cycle, { says: 'contains itself', remedy: 'take it out of its own children' })];
  const phases = flatten(workflow);
  const allRules = [
    ...rules,
    flagRule(clashesIn(workflow)),
    makesRule(makersIn(workflow)),
    needsRule(new Map(phases.map(({ path, index }) => [path, index])), makersIn(workflow)),
  ];
  return [
    ...workflowFaults(workflow),
    ...siblingFaults(workflow, undefined, workflow.phases),
    ...phases.flatMap((place) => {
      const faults = allRules.flatMap((rule) => rule(place, workflow));
      const own = faults.map((fault) => problemAt(workflow, place.path, fault));
      return own.concat(siblingFaults(workflow, place.path, place.phase.phases ?? []));
    }),
  ];
}

const nameRule: Rule = ({ phase }) =>
  [phase.name, ...(phase.aliases ?? [])].flatMap((name) => {
    if (name === allWord) return [{ says: `uses the reserved name "${allWord}"`, remedy: 'choose another name', field: 'name' }];
    if (namePattern.test(name)) return [];
    return [{ says: `has the malformed name "${name}"`, remedy: 'use lower-case letters, digits and dashes', field: 'name' }];
  });

function flagRule(clashOf: ClashOf): Rule {
  return ({ phase, path }, workflow) => {
    const seen = new Set<string>();
    return (phase.flags ?? []).flatMap((flag) => {
      const name = typeof flag === 'string' ? flag : flag.name;
      const faults: Fault[] = [];
      if (seen.has(name)) faults.push({ says: `has the flag --${name} twice`, remedy: 'name it once', field: 'flags' });
      if (typeof flag === 'string' && !Object.hasOwn(workflow.flags ?? {}, name)) {
        faults.push({
          says: `names the flag --${name}, which the workflow does not know`,
          remedy: 'add it to the flags of the workflow',
          field: 'flags',
        });
      }
      seen.add(name);
      for (const { says, remedy } of typeof flag === 'string' ? [] : flagFaults(flag)) {
        faults.push({ says: `brings the flag --${name}, which ${says}`, remedy, field: 'flags' });
      }
      const clash = typeof flag === 'string' ? undefined : clashOf(flag, path);
      if (clash !== undefined) faults.push({ ...clash, field: 'flags' });
      return faults;
    });
  };
}

/** What is wrong with a flag by itself. */
function flagFaults({ name, default: value, choices }: Flag): readonly Fault[] {
  const faults: Fault[] = [];
  if (!namePattern.test(name)) faults.push({ says: 'has a malformed name', remedy: 'use lower-case letters, digits and dashes' });
  if (typeof value === 'string' && choices !== undefined && !choices.includes(value)) {
    faults.push({ says: `has the default ${JSON.stringify(value)}, which is none of its choices`, remedy: 'choose one of them' });
  }
  return faults;
}

const hookRule: Rule = ({ phase }) => {
  if (phase.work !== undefined) {
    return hookNames
      .filter((field) => phase[field] !== undefined)
      .map((field) => ({ says: `has both "work" and "${field}"`, remedy: 'have the loaded work bring all hooks', field }));
  }
  if (phase.run !== undefined) return [];
  // Hooks that belong to the work do nothing without it; a reader would think they guard the children.
  return (['when', 'cleanup', 'retry', 'timeoutMs'] as const)
    .filter((field) => phase[field] !== undefined)
    .map((field) => ({ says: `has "${field}" but no "run"`, remedy: 'add the work, or move the field to the children', field }));
};

const limitRule: Rule = ({ phase: { timeoutMs, retry } }) => [
  ...(timeoutMs === undefined || (timeoutMs > 0 && timeoutMs <= longestWaitMs)
    ? []
    : [{ says: `has the timeout ${timeoutMs} ms`, remedy: `choose a time above 0 and up to ${longestWaitMs} ms`, field: 'timeoutMs' }]),
  ...(retry === undefined ? [] : retryFaults(retry)),
];

const rules: readonly Rule[] = [nameRule, hookRule, limitRule];

function retryFaults({ attempts, delayMs, factor = 1 }: RetryPolicy): readonly Fault[] {
  const faults: Fault[] = [];
  if (!Number.isInteger(attempts) || attempts < 1) {
    faults.push({ says: `is tried ${attempts} times`, remedy: 'choose a whole number of at least 1', field: 'retry.attempts' });
  }
  if (!(delayMs >= 0)) faults.push({ says: `waits ${delayMs} ms before a retry`, remedy: 'choose 0 or more', field: 'retry.delayMs' });
  if (!(factor > 0)) faults.push({ says: `has the retry factor ${factor}`, remedy: 'choose a number above 0', field: 'retry.factor' });
  return faults;
}

function needsRule(positions: ReadonlyMap<string, number>, makers: Makers): Rule {
  return ({ phase, index }) =>
    (phase.needs ?? []).flatMap((need) => {
      if (typeof need !== 'string') return resultFaults(need.name, makers.byResult.get(need.name) ?? [], index);
      const position = positions.get(need);
      if (position !== undefined && position < index) return [];
      const says = position === undefined ? `needs ${need}, which does not exist` : `needs ${need}, which does not come before it`;
      return [{ says, remedy: 'name the full path of an earlier phase', field: 'needs' }];
    });
}

/** Phases that make one result have to agree about what it is. */
function makesRule({ byResult }: Makers): Rule {
  return ({ phase }) => {
    const seen = new Set<string>();
    return (phase.makes ?? []).flatMap((result): readonly Fault[] => {
      if (!isResult(result)) {
        return [{ says: 'makes a result without name, found or there', remedy: 'give it all three', field: 'makes' }];
      }
      const { name, found } = result;
      if (seen.has(name)) return [{ says: `makes ${name} twice`, remedy: 'name it once', field: 'makes' }];
      seen.add(name);
      const [first] = byResult.get(name) ?? [];
      const other = first?.phase.makes?.find((candidate) => candidate.name === name);
      if (first === undefined || other === undefined || other.found === found) return [];
      return [
        {
          says: `makes ${name}, found as ${found}, which ${first.path} says is found as ${other.found}`,
          remedy: 'use the same result in both, or another name',
          field: 'makes',
        },
      ];
    });
  };
}

/** No compiler has looked at phases that were written in JavaScript. */
function isResult({ name, found, there }: Partial<Result>): boolean {
  return [name, found].every((text) => typeof text === 'string' && text !== '') && typeof there === 'function';
}

/** A result that nobody makes in this workflow can still be there; one that is made only afterwards is a mistake in the order. */
function resultFaults(name: string, makers: readonly FlatPhase[], index: number): readonly Fault[] {
  if (makers.length === 0 || makers.some((maker) => maker.index < index)) return [];
  const paths = makers.map(({ path }) => path).join(', ');
  return [{ says: `needs ${name}, which is made only after it by ${paths}`, remedy: 'put the maker before it', field: 'needs' }];
}

function workflowFaults(workflow: Unchecked): readonly Problem[] {
  const problems: Problem[] = [];
  if (!workflowNamePattern.test(workflow.name)) {
    problems.push({
      code: 'WORKFLOW_INVALID',
      summary: `workflow "${workflow.name}" has a malformed name`,
      remedy: 'use the words of the command: lower-case letters, digits and dashes, with single blanks between words',
    });
  }
  for (const [key, flag] of Object.entries(workflow.flags ?? {})) {
    problems.push(
      ...flagFaults(flag).map(({ says, remedy }) => ({
        code: 'WORKFLOW_INVALID',
        summary: `workflow "${workflow.name}": the flag --${flag.name} ${says}`,
        remedy,
      })),
    );
    if (key === flag.name) continue;
    problems.push({
      code: 'WORKFLOW_INVALID',
      summary: `workflow "${workflow.name}" lists the flag --${flag.name} as "${key}"`,
      remedy: 'give both the same name',
    });
  }
  return [...problems, ...offerFaults(workflow)];
}

function offerFaults({ name, flags = {}, offers = [] }: Unchecked): readonly Problem[] {
  return offers.flatMap((flag, at) => {
    const code = 'WORKFLOW_INVALID';
    const repeated = { code, summary: `workflow "${name}" offers the flag --${flag} twice`, remedy: 'name it once' };
    const unknown = {
      code,
      summary: `workflow "${name}" offers the flag --${flag}, which it does not know`,
      remedy: 'add it to the flags of the workflow',
    };
    return [...(offers.indexOf(flag) === at ? [] : [repeated]), ...(Object.hasOwn(flags, flag) ? [] : [unknown])];
  });
}

/** Names and aliases of siblings share one space, because either may be typed. */
function siblingFaults(workflow: Unchecked, parent: string | undefined, siblings: readonly Phase<never>[]): readonly Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const phase of siblings) {
    for (const name of [phase.name, ...(phase.aliases ?? [])]) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, phase.name);
      else {
        const says = `has the name or alias "${name}", which ${owner === phase.name ? 'it or a sibling has already' : `its sibling ${owner} has already`}`;
        problems.push(problemAt(workflow, joinPath(parent, phase.name), { says, remedy: 'choose another one', field: 'name' }));
      }
    }
  }
  return problems;
}

/** Returns the path of a phase that is its own descendant. */
function findCycle(siblings: readonly Phase<never>[], above: readonly Phase<never>[], parent: string): string | undefined {
  for (const phase of siblings) {
    const path = joinPath(parent, phase.name);
    const cycle = above.includes(phase) ? path : findCycle(phase.phases ?? [], [...above, phase], path);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

function problemAt(workflow: Unchecked, path: string, { says, remedy, field }: Fault): Problem {
  return {
    code: 'WORKFLOW_INVALID',
    summary: `workflow "${workflow.name}": phase ${path} ${says}`,
    remedy,
    where: { phase: path, ...(field === undefined ? {} : { field }) },
  };
}
