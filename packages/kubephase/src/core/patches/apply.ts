/** Applies the patches of a target to its object. */
import type { Problem } from 'phaserunner';
import { isProblemError } from 'phaserunner';
import { isMapping, type Mapping } from '../../formats/data/mapping.ts';
import { typeWord } from '../../formats/data/type-word.ts';
import { jsonPatch, mergePatch, PatchFault } from '../../formats/patch/json.ts';
import { schemaOf } from '../../formats/patch/schemas.ts';
import { strategicMerge } from '../../formats/patch/strategic.ts';
import { failure } from '../../problems/catalogue.ts';
import { mediaTypes, type Patch, type PatchSet, type PatchTarget, type PatchType } from './patch.ts';
import { readTyped, type TypeFault } from './typed.ts';

export interface AppliedPatch {
  readonly type: PatchType;
  readonly target: PatchTarget;
  readonly file: string;
}

export interface PatchedObject {
  readonly object: Mapping;
  readonly applied: readonly AppliedPatch[];
  /** Fields that the object's kind does not have; they are left out. */
  readonly warnings: readonly string[];
}

/**
 * Returns `object` after the patches of `target`, in order. Throws `PATCH_NOT_APPLICABLE`, `PATCH_CHANGES_KIND` or
 * `PATCH_RESULT_INVALID`. The kubelet configuration is not checked against its fields: which ones there are
 * is known only to the kubelet that will read it.
 */
export async function applyPatches(set: PatchSet, target: PatchTarget, object: Mapping): Promise<PatchedObject> {
  const patches = set.patches.filter((patch) => patch.target === target);
  if (patches.length === 0) return { object, applied: [], warnings: [] };
  let patched = object;
  for (const patch of patches) patched = await applyPatch(patch, patched);
  const checked = target === 'kubeletconfiguration' ? { object: patched, unknown: [] } : checkTypes(patched, target, patches);
  return {
    object: checked.object,
    applied: patches.map(({ type, file }) => ({ type, target, file })),
    warnings: checked.unknown.map((path) => `a patch of ${target} sets ${path}, which its kind does not have; it is left out`),
  };
}

/** What applying would report, without the result. */
export async function problemsOfPatches(set: PatchSet, target: PatchTarget, object: Mapping): Promise<readonly Problem[]> {
  try {
    await applyPatches(set, target, object);
    return [];
  } catch (error) {
    if (isProblemError(error)) return error.problems;
    throw error;
  }
}

/** Line for the user about an applied patch. */
export function describeApplied(patch: AppliedPatch): string {
  return `applied patch of type "${mediaTypes[patch.type]}" to target "${patch.target}" (${patch.file})`;
}

async function applyPatch(patch: Patch, object: Mapping): Promise<Mapping> {
  const result = await change(patch, object);
  if (!isMapping(result)) throw notApplicable(patch, 'the result is not an object');
  for (const field of ['apiVersion', 'kind'] as const) {
    if (result[field] === object[field]) continue;
    throw failure('PATCH_CHANGES_KIND', {
      summary: `a patch changes ${field} of ${patch.target} from ${JSON.stringify(object[field])} to ${nameText(result[field])}`,
      detail: `Document ${patch.document} of the file.`,
      remedy: `Remove ${field} from the patch.`,
      where: { file: patch.file, line: patch.line, field },
    });
  }
  return result;
}

async function change(patch: Patch, object: Mapping): Promise<unknown> {
  try {
    if (patch.type === 'json') return await jsonPatch(object, patch.content);
    if (!isMapping(patch.content)) throw new PatchFault('the patch is not an object');
    if (patch.type === 'merge') return mergePatch(object, patch.content);
    return strategicMerge(object, patch.content, schemaOf(String(object.apiVersion), String(object.kind)));
  } catch (error) {
    if (error instanceof PatchFault) throw notApplicable(patch, error.message);
    throw error;
  }
}

function notApplicable(patch: Patch, reason: string) {
  return failure('PATCH_NOT_APPLICABLE', {
    summary: `the patch of type "${mediaTypes[patch.type]}" cannot be applied to ${patch.target}: ${reason}`,
    detail: `Document ${patch.document} of the file.`,
    remedy: `Correct ${patch.file}, or rename it if it is meant for another target or type.`,
    where: { file: patch.file, line: patch.line },
  });
}

function checkTypes(object: Mapping, target: PatchTarget, patches: readonly Patch[]) {
  const typed = readTyped(object, target === 'corednsdeployment' ? 'Deployment' : 'Pod');
  const [first] = typed.faults;
  if (first === undefined) return typed;
  throw failure('PATCH_RESULT_INVALID', {
    summary: `the patched ${target} is not a valid ${String(object.kind)}: ${describeFault(first)}`,
    detail: [...typed.faults.slice(1).map(describeFault), `Patched by ${patches.map((patch) => patch.file).join(', ')}.`].join('\n'),
    remedy: 'Give the field a value of the type that it has. Unquoted y, yes, on, n, no and off are true and false in YAML 1.1.',
    where: { field: first.path, ...(patches.length === 1 && patches[0] !== undefined ? { file: patches[0].file } : {}) },
  });
}

/** Kinds and versions of the API are shown, whatever else stands in their place is not. */
function nameText(value: unknown): string {
  return typeof value === 'string' && /^[\w./-]{1,60}$/.test(value) ? JSON.stringify(value) : typeWord(value);
}

function describeFault({ path, expected, found }: TypeFault): string {
  return `${path} should be ${expected}, but is ${typeWord(found)}`;
}
