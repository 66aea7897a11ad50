/** Whether flags that phases bring themselves fit to each other and to the table of their workflow: a command line has one value for a name. */
import type { Flag } from './flags.ts';
import { flatten } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** Says of a flag that the phase at `path` brings what it clashes with, or nothing. */
export type ClashOf = (flag: Flag, path: string) => { readonly says: string; readonly remedy: string } | undefined;

/** Of flags with one name the first counts. */
export function clashesIn(workflow: Workflow<never>): ClashOf {
  const first = new Map<string, { readonly flag: Flag; readonly path: string }>();
  for (const { path, phase } of flatten(workflow)) {
    for (const flag of phase.flags ?? []) if (typeof flag !== 'string' && !first.has(flag.name)) first.set(flag.name, { flag, path });
  }
  return (flag, path) => {
    if (Object.hasOwn(workflow.flags ?? {}, flag.name)) {
      return {
        says: `brings the flag --${flag.name}, which the workflow has already`,
        remedy: 'name the one of the workflow, or choose another name',
      };
    }
    const other = first.get(flag.name);
    if (other === undefined || other.path === path || meaning(other.flag) === meaning(flag)) return undefined;
    return {
      says: `brings the flag --${flag.name} with another type, default or choice than ${other.path}`,
      remedy: 'choose another name, or make both alike',
    };
  };
}

/** What makes a value of one flag a value of another one too. */
function meaning({ type, default: value, choices }: Flag): string {
  return JSON.stringify([type, value, choices]);
}
