/** The flags that every bound workflow has: which phases run, and how the run is shown. */
import { flatten } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import type { Candidate, ShellFlag } from './options.ts';
import { shellText } from './text.ts';

/** Output formats that render the events of a run; `text` chooses between the next two. */
export const runFormats = ['text', 'tree', 'plain', 'jsonl'] as const;

export const graphFormats = ['mermaid', 'dot', 'svg'] as const;

/** Flags that select phases. */
export function selectionFlags(workflow: () => Workflow<never>): readonly ShellFlag[] {
  const candidates = (): readonly Candidate[] => phaseCandidates(workflow());
  const several = { type: 'list', placeholder: shellText.paths, candidates } as const;
  const one = { type: 'string', placeholder: shellText.path, candidates } as const;
  return [
    { ...several, name: 'only', description: shellText.only },
    { ...several, name: 'skip-phases', alias: 'skip', description: shellText.skip },
    { ...one, name: 'from', description: shellText.from },
    { ...one, name: 'until', description: shellText.until },
  ];
}

/** Flags of every command of a workflow. `documents` are the output formats beside those that render events. */
export function runFlags(documents: readonly string[], offersExtraPhases: boolean): readonly ShellFlag[] {
  const extraPhases: ShellFlag = { name: 'extra-phases', type: 'list', placeholder: shellText.file, description: shellText.extraPhases };
  return [
    { name: 'output', short: 'o', type: 'string', choices: [...runFormats, ...documents], default: 'text', description: shellText.output },
    { name: 'v', short: 'v', type: 'integer', description: shellText.verbosity },
    ...(offersExtraPhases ? [extraPhases] : []),
  ];
}

/** Flags of `phase` itself that show the phases instead of running any. */
export const inspectionFlags: readonly ShellFlag[] = [
  { name: 'list', type: 'boolean', description: shellText.list },
  { name: 'graph', type: 'string', choices: graphFormats, description: shellText.graph },
];

/** Paths of the visible phases. */
export function phaseCandidates(workflow: Workflow<never>): readonly Candidate[] {
  return flatten(workflow)
    .filter(({ phase }) => phase.hidden !== true)
    .map(({ path, phase }) => ({ word: path, text: phase.summary }));
}
