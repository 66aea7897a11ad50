/** What help says of a workflow, of `phase`, and of one phase. */
import { findPhase, flatten } from '../tree.ts';
import type { Bound } from './bound.ts';
import type { HelpFacts } from './facts.ts';
import type { Row } from './layout.ts';
import { fullName, wordsOf } from './names.ts';
import { needRows, phaseRows } from './phase-rows.ts';
import { headings, shellText } from './text.ts';

/** For the command that the workflow is bound to. */
export function mainHelp<C, F extends string>(bound: Bound<C, F>): HelpFacts {
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
export function phasesHelp<C, F extends string>(bound: Bound<C, F>): HelpFacts {
  return {
    phases: { heading: heading(bound), rows: phaseRows(bound.workflow) },
    listsCommands: false,
    selecting: selectingRows(bound),
    pointer: shellText.phaseHelp(fullName(bound.command)),
  };
}

/** For the sub-command of the phase at `path`. */
export function phaseHelp<C, F extends string>(bound: Bound<C, F>, path: string): HelpFacts {
  const phase = findPhase(bound.workflow, path)?.phase;
  if (phase === undefined) return {};
  const hasChildren = (phase.phases?.length ?? 0) > 0;
  const words = `${bound.workflow.name} phase ${path.replaceAll('/', ' ')}`;
  return {
    ...examplesOf(bound, phase.example),
    ...(hasChildren ? { phases: { heading: headings.phasesOf(words), rows: phaseRows(bound.workflow, path) } } : {}),
    listsCommands: false,
    needs: needRows(phase),
    pointer: hasChildren ? shellText.phaseHelp(fullName(bound.command)) : '',
  };
}

/** Phases do not know the program: where their examples start with the workflow's words, its name is put in front. */
function examplesOf<C, F extends string>({ command, workflow }: Bound<C, F>, text: string | undefined): Pick<HelpFacts, 'examples'> {
  if (text === undefined) return {};
  const [program = ''] = wordsOf(command);
  const lines = text.split('\n').map((line) => (line.startsWith(`${workflow.name} `) ? `${program} ${line}` : line));
  return { examples: lines.join('\n') };
}

function heading<C, F extends string>({ workflow, binding }: Bound<C, F>): string {
  const args = (binding.args ?? []).map(({ name, required }) => (required === true ? `<${name}>` : `[${name}]`));
  return headings.phasesOf([workflow.name, ...args].join(' '));
}

/** Examples with phases that the workflow has. */
function selectingRows<C, F extends string>({ command, workflow }: Bound<C, F>): readonly Row[] {
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
