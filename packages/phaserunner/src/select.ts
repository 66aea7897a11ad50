/** Which phases of a workflow run: all, only some, all but some, or a range. */
import type { Decision } from './events.ts';
import { ProblemError, type Problem } from './problems.ts';
import { allWord, cleanName, isProblem, resolveName } from './resolve.ts';
import { flatten, type FlatPhase } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** Paths (aliases count) that restrict a run. An empty list restricts nothing. */
export interface Selection {
  /** These phases with everything below them; the work of their parents does not run. */
  readonly only?: readonly string[];
  /** Not these phases nor anything below them. Wins over `only`. */
  readonly skip?: readonly string[];
  /** This phase and everything after it in execution order. */
  readonly from?: string;
  /** Everything up to this phase, and everything below it. */
  readonly until?: string;
}

/** A selection with the place it comes from. Parts are combined: each restricts further. */
export interface SelectionPart extends Selection {
  /** As the user knows it, such as `--skip-phases` or `skipPhases in cluster.yaml:4:1`. */
  readonly origin: string;
}

/** The outcome of selecting. */
export interface Selected {
  /** Selected paths, iterated in execution order. */
  readonly paths: ReadonlySet<string>;
  /** Paths left out only because the run starts behind them: whoever gives a start says that they are done. */
  readonly assumedDone: ReadonlySet<string>;
  /** Whether the selected phases were asked for by name (`only`), or are what restrictions left of all. */
  readonly byName: boolean;
  /** For every path of the workflow whether it runs and, if not, why. */
  readonly decisions: ReadonlyMap<string, Decision>;
}

/** A part with its names replaced by phases. */
interface ResolvedPart {
  readonly origin: string;
  /** Absent when the part does not restrict by `only`. */
  readonly only?: readonly FlatPhase[];
  readonly skip: readonly FlatPhase[];
  readonly from?: FlatPhase;
  readonly until?: FlatPhase;
}

/** Says for a phase why it is left out, or undefined when it is not. */
type Rule = (phase: FlatPhase) => string | undefined;

/**
 * Returns what `parts` leave of `workflow`. Skipping everything is allowed and selects nothing.
 * @throws ProblemError `PHASE_UNKNOWN` and `PHASE_AMBIGUOUS` for all wrong names together; `SELECTION_CONFLICT` when the
 * start lies behind the end; `SELECTION_EMPTY` when the parts, without skipping, have no phase in common
 */
export function selectPhases(workflow: Workflow<never>, parts: readonly SelectionPart[]): Selected {
  const resolved = resolveParts(workflow, parts);
  refuseConflict(resolved);
  const flat = flatten(workflow);
  const skips = resolved.flatMap((part) => skipRules(part, flat.length));
  const limits = resolved.flatMap((part) => limitRules(part, flat.length));
  const starts = resolved.flatMap(startRules);
  const paths = new Set<string>();
  const assumedDone = new Set<string>();
  const decisions = new Map<string, Decision>();
  let withinLimits = flat.length === 0;
  for (const phase of flat) {
    const limit = firstReason(limits, phase);
    const start = firstReason(starts, phase);
    withinLimits ||= limit === undefined && start === undefined;
    const restriction = firstReason(skips, phase) ?? limit;
    const reason = restriction ?? start;
    if (reason === undefined) paths.add(phase.path);
    else if (restriction === undefined) assumedDone.add(phase.path);
    decisions.set(phase.path, reason === undefined ? runs : { run: false, because: 'selection', reason });
  }
  if (!withinLimits) throw new ProblemError(emptySelection(parts));
  return { paths, assumedDone, byName: resolved.some(({ only }) => only !== undefined), decisions };
}

const runs: Decision = Object.freeze({ run: true });

function firstReason(rules: readonly Rule[], phase: FlatPhase): string | undefined {
  for (const rule of rules) {
    const reason = rule(phase);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function resolveParts(workflow: Workflow<never>, parts: readonly SelectionPart[]): readonly ResolvedPart[] {
  const problems: Problem[] = [];
  const resolve = (names: readonly string[], origin: string): readonly FlatPhase[] =>
    names.flatMap((name) => {
      const answer = resolveName(workflow, { name, origin });
      if (!isProblem(answer)) return [answer];
      problems.push(answer);
      return [];
    });
  const resolved = parts.map(({ origin, only = [], skip = [], from, until }): ResolvedPart => {
    const everything = only.length === 0 || only.some((name) => cleanName(name) === allWord);
    const named = resolve(
      only.filter((name) => cleanName(name) !== allWord),
      origin,
    );
    const [first] = from === undefined ? [] : resolve([from], origin);
    const [last] = until === undefined ? [] : resolve([until], origin);
    return {
      origin,
      skip: resolve(skip, origin),
      ...(everything ? {} : { only: named }),
      ...(first === undefined ? {} : { from: first }),
      ...(last === undefined ? {} : { until: last }),
    };
  });
  if (problems.length > 0) throw new ProblemError(problems);
  return resolved;
}

function refuseConflict(parts: readonly ResolvedPart[]): void {
  const starts = parts.flatMap(({ from, origin }) => (from === undefined ? [] : [{ phase: from, origin }]));
  const ends = parts.flatMap(({ until, origin }) => (until === undefined ? [] : [{ phase: until, origin }]));
  const [start] = starts.sort((a, b) => b.phase.index - a.phase.index);
  const [end] = ends.sort((a, b) => a.phase.end - b.phase.end);
  if (start === undefined || end === undefined || start.phase.index < end.phase.end) return;
  throw new ProblemError({
    code: 'SELECTION_CONFLICT',
    summary: `the run would start at ${start.phase.path}, which comes after its end ${end.phase.path}`,
    detail: `start: ${start.origin}; end: ${end.origin}`,
    remedy: `choose an end that is ${start.phase.path} or comes after it, or an earlier start`,
    where: { object: start.origin === end.origin ? start.origin : `${start.origin} and ${end.origin}` },
  });
}

function emptySelection(parts: readonly SelectionPart[]): Problem {
  const origins = parts.map(({ origin }) => origin).join(', ');
  return {
    code: 'SELECTION_EMPTY',
    summary: `no phase is left: nothing belongs to all of ${origins}`,
    remedy: 'widen or leave out one of them',
    where: { object: origins },
  };
}

function skipRules({ skip, origin }: ResolvedPart, count: number): readonly Rule[] {
  if (skip.length === 0) return [];
  const owners = subtreeOwners(skip, count);
  return [
    ({ index, path }) => {
      const owner = owners[index];
      if (owner === undefined) return undefined;
      return owner.path === path ? `skipped by ${origin}` : `skipped with ${owner.path} by ${origin}`;
    },
  ];
}

function limitRules({ only, until, origin }: ResolvedPart, count: number): readonly Rule[] {
  const rules: Rule[] = [];
  if (only !== undefined) {
    const owners = subtreeOwners(only, count);
    rules.push(({ index }) => (owners[index] === undefined ? `not selected by ${origin}` : undefined));
  }
  if (until !== undefined) rules.push(({ index }) => (index >= until.end ? `after ${until.path}, the end given by ${origin}` : undefined));
  return rules;
}

function startRules({ from, origin }: ResolvedPart): readonly Rule[] {
  return from === undefined ? [] : [({ index }) => (index < from.index ? `before ${from.path}, the start given by ${origin}` : undefined)];
}

/** For each position in execution order the outermost of `roots` whose subtree it lies in. */
function subtreeOwners(roots: readonly FlatPhase[], count: number): readonly (FlatPhase | undefined)[] {
  const owners = Array.from<FlatPhase | undefined>({ length: count });
  // Parents come before children, so a root inside another one is already covered and costs nothing.
  for (const root of [...roots].sort((a, b) => a.index - b.index)) {
    if (owners[root.index] === undefined) owners.fill(root, root.index, root.end);
  }
  return owners;
}
