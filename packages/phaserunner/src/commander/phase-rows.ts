/** The list of phases in help: one line a phase, in the order of execution. */
import type { Need, Phase } from '../phase.ts';
import { findPhase, flatten, type FlatPhase } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import type { Row } from './layout.ts';
import { shellText } from './text.ts';

/**
 * Rows for the visible phases of `workflow`, or for the phase at `root` with everything below it. A child is written
 * `/name` below its parent; below a hidden parent, which has no line, it is written with its full path.
 */
export function phaseRows(workflow: Workflow<never>, root?: string): readonly Row[] {
  const phases = subtree(workflow, root);
  const top = phases[0]?.depth ?? 0;
  const indents = new Map<string, number>();
  const rows: Row[] = [];
  for (const { path, depth, parent, phase } of phases) {
    if (phase.hidden === true) continue;
    const above = parent === undefined ? undefined : indents.get(parent);
    const isTop = depth === top;
    const indent = above === undefined ? 0 : above + 2;
    indents.set(path, indent);
    rows.push({ term: term(phase, { path, isTop, below: above !== undefined }), text: phaseText(phase), indent });
  }
  return rows;
}

/** Summary of `phase` with the condition under which it belongs to a run. */
export function phaseText(phase: Phase<never>): string {
  return phase.include === undefined ? phase.summary : `${phase.summary} ${shellText.onlyMark(phase.include.only)}`;
}

/** Rows for what has to be done before `phase`. */
export function needRows(phase: Phase<never>): readonly Row[] {
  return (phase.needs ?? []).map((need: Need<never>) =>
    typeof need === 'string' ? { term: need, text: '' } : { term: need.phase, text: shellText.orElse(need.or) },
  );
}

function term(phase: Phase<never>, place: { readonly path: string; readonly isTop: boolean; readonly below: boolean }): string {
  if (place.isTop) return phase.name;
  return place.below ? `/${phase.name}` : place.path;
}

function subtree(workflow: Workflow<never>, root: string | undefined): readonly FlatPhase[] {
  const all = flatten(workflow);
  const found = root === undefined ? undefined : findPhase(workflow, root);
  return found === undefined ? all : all.slice(found.index, found.end);
}
