/** Names of patch files: `TARGET[SUFFIX][+TYPE].EXTENSION`. */
import { patchTargets, patchTypes, type PatchTarget, type PatchType } from './patch.ts';

export type FileNameReading =
  | { readonly is: 'patch'; readonly target: PatchTarget; readonly type: PatchType }
  | { readonly is: 'ignored'; readonly reason: string }
  | { readonly is: 'wrong'; readonly reason: string };

/** Text between the type (or suffix) and the extension counts for nothing. */
const grammar = new RegExp(`^(${patchTargets.join('|')})[^.+\\n]*(?:(\\+)(${patchTypes.join('|')})?)?`);

/** Reads the base name of a file. */
export function readFileName(name: string): FileNameReading {
  if (!/\.(json|yaml)$/.test(name)) return { is: 'ignored', reason: 'its name does not end in .json or .yaml' };
  const match = grammar.exec(name);
  const target = patchTargets.find((candidate) => candidate === match?.[1]);
  if (match === null || target === undefined) {
    return { is: 'ignored', reason: `its name starts with none of the targets ${patchTargets.join(', ')}` };
  }
  const type = patchTypes.find((candidate) => candidate === match[3]);
  if (match[2] !== undefined && type === undefined) {
    return { is: 'wrong', reason: `behind the + stands none of the patch types ${patchTypes.join(', ')}` };
  }
  return { is: 'patch', target, type: type ?? 'strategic' };
}
