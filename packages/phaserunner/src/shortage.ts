/** What is missing for a selection, in one problem: what needs it, why it is not made, and the commands that make it. */
import { hasWork } from './phase.ts';
import type { Problem } from './problems.ts';
import { needText, type ResolvedNeed } from './results.ts';
import type { Selected } from './select.ts';
import { findPhase, flatten, subtreeOf } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** A need that is not met. */
export interface Lack {
  /** The phase that has it. */
  readonly path: string;
  readonly need: ResolvedNeed;
  /** Whether the phase cannot go on without it. */
  readonly grave: boolean;
}

export interface ShortageView {
  readonly workflow: Workflow<never>;
  readonly selected: Selected;
  readonly nonMembers: ReadonlyMap<string, string>;
  readonly commandOf?: (path: string) => string;
}

/** A need with all phases that have it. */
interface Shared {
  readonly need: ResolvedNeed;
  readonly paths: string[];
}

/** @param lacks at least one */
export function explainShortage(lacks: readonly Lack[], view: ShortageView): Problem {
  const paths = pathsOf(lacks);
  const [only] = paths.length === 1 ? paths : [];
  const commands = commandsFor(lacks, view);
  const detail = detailOf(lacks, view);
  return {
    code: 'PHASE_NEEDS_MISSING',
    summary: `unresolved dependencies: ${summaryOf(lacks)}`,
    ...(detail === '' ? {} : { detail }),
    remedy: remedyFor(lacks, view),
    ...(commands.length === 0 ? {} : { command: commands.join(' && ') }),
    ...(only === undefined ? {} : { where: { phase: only } }),
  };
}

function commandsFor(lacks: readonly Lack[], view: ShortageView): readonly string[] {
  const { commandOf } = view;
  try {
    return commandOf === undefined ? [] : groupsOf(makersOf(lacks), view).map((path) => commandOf(path));
  } catch {
    // The problem matters more than the hint.
    return [];
  }
}

/** One line on what phases that were asked for by name go on without. @param lacks at least one */
export function shortageWarning(lacks: readonly Lack[], view: ShortageView): string {
  const paths = pathsOf(lacks);
  const makers = groupsOf(makersOf(lacks), view);
  const brought = lacks.flatMap(({ need }) => (need.phases.length === 0 ? [needText(need)] : []));
  const missing = [...makers, ...new Set(brought)].join(', ');
  return `${paths.join(', ')} ${paths.length === 1 ? 'goes' : 'go'} on, but what is still missing has to be there before it can be used: ${missing}`;
}

function summaryOf(lacks: readonly Lack[]): string {
  const shared = byNeed(lacks);
  const paths = pathsOf(lacks);
  const [first] = shared;
  if (paths.length === 1) return `${paths[0]} needs ${shared.map(({ need }) => needText(need)).join('; ')}`;
  if (first !== undefined && shared.length === 1) return `${paths.join(', ')} need ${needText(first.need)}`;
  return `${paths.length} of the selected phases need what is neither there nor made before them`;
}

/** Where the summary does not say it all, a line for each need; then why its makers do not run. */
function detailOf(lacks: readonly Lack[], { selected }: ShortageView): string {
  const reasonsOf = ({ phases }: ResolvedNeed, label = (maker: string): string => `${maker}: `): readonly string[] =>
    phases.flatMap((maker) => {
      const decision = selected.decisions.get(maker);
      return decision === undefined || decision.run ? [] : [`${label(maker)}${decision.reason}`];
    });
  const shared = byNeed(lacks);
  if (shared.length === 1 || pathsOf(lacks).length === 1) return shared.flatMap(({ need }) => reasonsOf(need)).join('; ');
  return shared
    .map(({ need, paths }) => {
      const reasons = need.phases.length === 1 ? reasonsOf(need, () => '') : reasonsOf(need);
      return `${needText(need)}, for ${paths.join(', ')}${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}`;
    })
    .join('\n');
}

/** Whoever is to be selected, or what nobody makes here and so has to be brought. */
function remedyFor(lacks: readonly Lack[], view: ShortageView): string {
  const single = byNeed(lacks).flatMap(({ need: { phases } }) => (phases.length > 1 ? [phases.join(' or ')] : []));
  const alone = lacks.flatMap(({ need: { phases } }) => (phases.length === 1 ? phases : []));
  const select = [...groupsOf(alone, view), ...single];
  const bring = byNeed(lacks).flatMap(({ need: { phases, or } }) => (phases.length > 0 || or === undefined ? [] : [or]));
  const ways = [
    ...(select.length === 0 ? [] : [`select ${select.join(', ')} as well`]),
    ...(bring.length === 0 ? [] : [`bring ${bring.join(', ')}, which no phase makes here`]),
  ];
  return `${ways.join(' and ')}, or leave ${groupsOf(pathsOf(lacks), view).join(', ')} out too`;
}

/** In the order in which the needs were found. */
function byNeed(lacks: readonly Lack[]): readonly Shared[] {
  const shared = new Map<string, Shared>();
  for (const { path, need } of lacks) {
    const text = needText(need);
    const known = shared.get(text);
    if (known === undefined) shared.set(text, { need, paths: [path] });
    else known.paths.push(path);
  }
  return [...shared.values()];
}

function pathsOf(lacks: readonly Lack[]): readonly string[] {
  return [...new Set(lacks.map(({ path }) => path))];
}

/** The first maker of each need. */
function makersOf(lacks: readonly Lack[]): readonly string[] {
  return lacks.flatMap(({ need }) => need.phases.slice(0, 1));
}

/** `paths` in execution order, with a group in place of all of its members that have work and belong to this run. */
function groupsOf(paths: readonly string[], { workflow, nonMembers }: ShortageView): readonly string[] {
  const wanted = new Set(paths);
  const groups: string[] = [];
  let coveredUntil = 0;
  for (const place of flatten(workflow)) {
    if (place.index < coveredUntil) continue;
    const members = subtreeOf(workflow, place).filter(
      ({ path, phase }) => hasWork(phase) && isLeaf(workflow, path) && !nonMembers.has(path),
    );
    const isWhole = members.length > 0 && members.every(({ path }) => wanted.has(path));
    if (!isWhole && !wanted.has(place.path)) continue;
    groups.push(place.path);
    coveredUntil = place.end;
  }
  return groups;
}

function isLeaf(workflow: Workflow<never>, path: string): boolean {
  const place = findPhase(workflow, path);
  return place !== undefined && place.end === place.index + 1;
}
