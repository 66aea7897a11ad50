/** The grammar of phase names that users type, and what is said of names that fit no phase. */
import { nearest, pathDistance, quotable } from './nearest.ts';
import type { Problem } from './problems.ts';
import { findPhase, flatten, type FlatPhase } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** The word that stands for a whole subtree: `certs/all` is `certs`, a lone `all` is everything. */
export const allWord = 'all';

/** A phase name as somebody wrote it. */
export interface SpelledName {
  readonly name: string;
  /** Where it was written, such as `--skip-phases` or `skipPhases in cluster.yaml:4:1`. */
  readonly origin: string;
}

/** Takes away what is tolerated around a path: blanks and one leading slash. */
export function cleanName(name: string): string {
  return name.trim().replace(/^\//, '');
}

/** Returns the phase that `spelled` means, or the problem `PHASE_UNKNOWN` or `PHASE_AMBIGUOUS`. */
export function resolveName(workflow: Workflow<never>, spelled: SpelledName): FlatPhase | Problem {
  const name = cleanName(spelled.name);
  return findPhase(workflow, name) ?? findSubtree(workflow, name) ?? unresolved(workflow, { ...spelled, name });
}

/** Tells the two answers of `resolveName` apart. */
export function isProblem(answer: FlatPhase | Problem): answer is Problem {
  return 'code' in answer;
}

/** `certs/all` is another spelling of `certs` where `certs` has children. */
function findSubtree(workflow: Workflow<never>, name: string): FlatPhase | undefined {
  if (!name.endsWith(`/${allWord}`)) return undefined;
  const parent = findPhase(workflow, name.slice(0, -allWord.length - 1));
  return parent?.phase.phases === undefined ? undefined : parent;
}

function unresolved(workflow: Workflow<never>, { name, origin }: SpelledName): Problem {
  const paths = flatten(workflow).map(({ path }) => path);
  const where = { object: origin };
  const endings = name === '' ? [] : paths.filter((path) => path.endsWith(`/${name}`));
  if (endings.length > 1) {
    return {
      code: 'PHASE_AMBIGUOUS',
      summary: `invalid phase name: ${quotable(name)}: several phases are called so`,
      detail: `"${workflow.name}" has ${endings.join(', ')}`,
      remedy: `write the full path: ${endings.join(' or ')}`,
      where,
    };
  }
  const suggestion = nearest(name.replace(/\/all$/, ''), paths, pathDistance);
  return {
    code: 'PHASE_UNKNOWN',
    summary: `invalid phase name: ${name === '' ? '""' : quotable(name)}`,
    detail: `"${workflow.name}" has no phase of this name`,
    remedy: suggestion === undefined ? `write one of ${topLevel(workflow)}, or a path below them` : `write ${suggestion}`,
    where,
  };
}

function topLevel(workflow: Workflow<never>): string {
  return workflow.phases.map(({ name }) => name).join(', ') || '(the workflow has no phases)';
}
