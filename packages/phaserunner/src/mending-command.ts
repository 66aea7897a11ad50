/** The command that mends a problem: that of the phase which makes what is missing. */
import type { Problem } from './problems.ts';
import { makersIn } from './results.ts';
import type { RunSettings } from './run-options.ts';
import { joinPath } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** What is known of a run. */
export interface Known {
  readonly commandOf: RunSettings['commandOf'];
  /** Phases that do not belong to it, by path: none until its context is there. */
  nonMembers: ReadonlyMap<string, string>;
}

/**
 * Returns `problem` with the command of the first phase that makes what is missing, belongs to the run and is not the one that has the
 * problem. Where several results are missing, it is the command of the phase in which all their makers stand.
 */
export function withMendingCommand(workflow: Workflow<never>, { commandOf, nonMembers }: Known, problem: Problem): Problem {
  const { make, command, where } = problem;
  if (make === undefined || command !== undefined || commandOf === undefined) return problem;
  const { byResult } = makersIn(workflow);
  const makers = (typeof make === 'string' ? [make] : make).map(
    (name) => (byResult.get(name) ?? []).find(({ path }) => !nonMembers.has(path) && path !== where?.phase)?.path,
  );
  const path = makers.includes(undefined) ? undefined : commonPath(makers.filter((maker) => maker !== undefined));
  // The command of the phase with the problem would only come to it again.
  if (path === undefined || path === where?.phase) return problem;
  try {
    return { ...problem, command: commandOf(path) };
  } catch {
    // The problem matters more than the hint.
    return problem;
  }
}

/** The path itself, or that of the innermost phase around all of `paths`; undefined when there is none. */
function commonPath(paths: readonly string[]): string | undefined {
  const [first, ...rest] = paths.map((path) => path.split('/'));
  const common = first?.filter((_, at) => rest.every((names) => first.slice(0, at + 1).every((name, index) => names[index] === name)));
  return common === undefined || common.length === 0 ? undefined : common.reduce((path, name) => joinPath(path, name), '');
}
