/** The grammar of phase names that users type, and what is said of names that fit no phase. */
import { editDistance, nearest, pathDistance, quotable } from './nearest.ts';
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
  /** Path of the phase to whose subtree the name is restricted. Default: the whole workflow. */
  readonly within?: string;
}

/** Takes away what is tolerated around a path: blanks and one leading slash. */
export function cleanName(name: string): string {
  return name.trim().replace(/^\//, '');
}

/** Returns the phase that `spelled` means, or the problem `PHASE_UNKNOWN` or `PHASE_AMBIGUOUS`. */
export function resolveName(workflow: Workflow<never>, spelled: SpelledName): FlatPhase | Problem {
  const name = cleanName(spelled.name);
  const { within } = spelled;
  const found = within === undefined ? find(workflow, name) : findWithin(workflow, name, within);
  return found ?? unresolved(workflow, { ...spelled, name });
}

function find(workflow: Workflow<never>, name: string): FlatPhase | undefined {
  return findPhase(workflow, name) ?? findSubtree(workflow, name);
}

/** What is below the phase may be named as it is called there; a full path counts too. */
function findWithin(workflow: Workflow<never>, name: string, within: string): FlatPhase | undefined {
  if (name === allWord) return findPhase(workflow, within);
  const full = find(workflow, name);
  return find(workflow, `${within}/${name}`) ?? (full !== undefined && isWithin(full.path, within) ? full : undefined);
}

function isWithin(path: string, within: string | undefined): boolean {
  return within === undefined || path === within || path.startsWith(`${within}/`);
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

function unresolved(workflow: Workflow<never>, { name, origin, within }: SpelledName): Problem {
  const paths = flatten(workflow).flatMap(({ path }) => (isWithin(path, within) ? [path] : []));
  const owner = within === undefined ? workflow.name : `${workflow.name} phase ${within.replaceAll('/', ' ')}`;
  const where = { object: origin };
  const endings = name === '' ? [] : paths.filter((path) => path.endsWith(`/${name}`));
  if (endings.length > 1) {
    return {
      code: 'PHASE_AMBIGUOUS',
      summary: `invalid phase name: ${quotable(name)}: several phases are called so`,
      detail: `"${owner}" has ${endings.join(', ')}`,
      remedy: `write the full path: ${endings.join(' or ')}`,
      where,
    };
  }
  const suggestion = nearest(name.replace(/\/all$/, ''), paths, distanceWithin(within));
  const outside = within === undefined ? undefined : find(workflow, name);
  return {
    code: 'PHASE_UNKNOWN',
    summary: `invalid phase name: ${name === '' ? '""' : quotable(name)}`,
    detail: outside === undefined ? `"${owner}" has no phase of this name` : `${outside.path} is no part of "${owner}"`,
    remedy: suggestion === undefined ? `write one of ${children(workflow, within)}, or a path below them` : `write ${suggestion}`,
    where,
  };
}

/** Below a phase names count as they are called there, too. */
function distanceWithin(within: string | undefined): typeof pathDistance {
  if (within === undefined) return pathDistance;
  return (spelled, path) => Math.min(pathDistance(spelled, path), editDistance(spelled, path.slice(within.length + 1)));
}

function children(workflow: Workflow<never>, within: string | undefined): string {
  const paths = flatten(workflow).flatMap(({ path, parent }) => (parent === within ? [path] : []));
  return paths.join(', ') || '(the workflow has no phases)';
}
