/** What help says of a workflow, of `phase`, and of one phase. */
import { findPhase, flatten, type FlatPhase } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import type { Bound } from './binding.ts';
import type { HelpFacts } from './command-facts.ts';
import { needRows, phaseRows, type Row } from './help-rows.ts';
import { fullName, wordsOf } from './options.ts';
import { headings, shellText } from './text.ts';

/** For the command that the workflow is bound to. */
export function mainHelp<C, F extends string, V>(bound: Bound<C, F, V>): HelpFacts {
  const name = fullName(bound.command);
  return {
    ...examplesOf(bound, bound.binding.examples),
    usages: [`${name} phase ${shellText.path}… [flags]`],
    phases: { heading: heading(bound), rows: phaseRows(bound.workflow) },
    selecting: selectingRows(bound),
    pointer: shellText.phaseHelp(name),
  };
}

/** For `phase` itself. */
export function phasesHelp<C, F extends string, V>(bound: Bound<C, F, V>): HelpFacts {
  return {
    phases: { heading: heading(bound), rows: phaseRows(bound.workflow) },
    listsCommands: false,
    selecting: selectingRows(bound),
    pointer: shellText.phaseHelp(fullName(bound.command)),
  };
}

/** For the sub-command of the phase at `path`. */
export function phaseHelp<C, F extends string, V>(bound: Bound<C, F, V>, path: string): HelpFacts {
  const place = findPhase(bound.workflow, path);
  if (place === undefined) return {};
  const { phase } = place;
  const hasChildren = (phase.phases?.length ?? 0) > 0;
  const words = `${bound.workflow.name} phase ${path.replaceAll('/', ' ')}`;
  return {
    ...examplesOf(bound, phase.example),
    ...(hasChildren ? { phases: { heading: headings.phasesOf(words), rows: phaseRows(bound.workflow, path) } } : {}),
    listsCommands: false,
    needs: needRows(bound.workflow, place),
    selecting: hasChildren ? selectingWithin(bound, place) : [],
    pointer: hasChildren ? shellText.phaseHelp(fullName(bound.command)) : '',
  };
}

/** Phases know neither program nor workflow: their names are put in front of lines that begin with `phase`, and of those of the workflow. */
function examplesOf<C, F extends string, V>({ command, workflow }: Bound<C, F, V>, text: string | undefined): Pick<HelpFacts, 'examples'> {
  if (text === undefined) return {};
  const [program = ''] = wordsOf(command);
  const lines = text.split('\n').map((line) => {
    if (line.startsWith('phase ')) return `${fullName(command)} ${line}`;
    return line.startsWith(`${workflow.name} `) ? `${program} ${line}` : line;
  });
  return { examples: lines.join('\n') };
}

function heading<C, F extends string, V>({ workflow, binding }: Bound<C, F, V>): string {
  const args = (binding.args ?? []).map(({ name, required }) => (required === true ? `<${name}>` : `[${name}]`));
  return headings.phasesOf([workflow.name, ...args].join(' '));
}

/** The same with phases inside of one. */
function selectingWithin<C, F extends string, V>({ command, workflow }: Bound<C, F, V>, { path, phase }: FlatPhase): readonly Row[] {
  const name = `${fullName(command)} phase ${path.replaceAll('/', ' ')}`;
  const [first, second = first] = subtreeNames(workflow, path);
  if (first === undefined || second === undefined || (phase.phases?.length ?? 0) < 2) return [];
  return [
    { term: `${name} --only ${first},${second}`, text: shellText.selectSeveral },
    { term: `${name} --skip-phases ${first}`, text: shellText.selectAllBut },
    { term: `${name} --from ${second}`, text: shellText.selectFrom },
  ];
}

/** Names of the visible phases directly below `path`. */
function subtreeNames(workflow: Workflow<never>, path: string): readonly string[] {
  return flatten(workflow).flatMap(({ parent, phase }) => (parent === path && phase.hidden !== true ? [phase.name] : []));
}

/** Examples with phases that the workflow has. */
function selectingRows<C, F extends string, V>({ command, workflow }: Bound<C, F, V>): readonly Row[] {
  const visible = flatten(workflow).filter(({ phase }) => phase.hidden !== true);
  const child = visible.find(({ depth }) => depth > 0) ?? visible[0];
  const other = visible.find(({ path, depth }) => depth === 0 && path !== child?.path && child?.parent !== path) ?? child;
  if (child === undefined || other === undefined) return [];
  const name = fullName(command);
  return [
    { term: `${name} phase ${child.path.replaceAll('/', ' ')}`, text: shellText.selectOne },
    { term: `${name} --only ${child.path},${other.path}`, text: shellText.selectSeveral },
    { term: `${name} --skip-phases ${other.path}`, text: shellText.selectAllBut },
    { term: `${name} --from ${child.path}`, text: shellText.selectFrom },
    { term: `${name} phase --list`, text: shellText.selectList },
  ];
}
