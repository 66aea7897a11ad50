/** JSON patches (RFC 6902), which are lists of operations, and JSON merge patches (RFC 7386). */
import type { Operation } from 'fast-json-patch';
import { isMapping, mappingOf } from '../data/mapping.ts';
import { typeWord } from '../data/type-word.ts';

/** Thrown by every function of this folder; `message` is a sentence part such as `the list containers has an item without name`. */
export class PatchFault extends Error {
  override readonly name = 'PatchFault';
}

/** What each of the library's error names means, for a reader who has the patch before them. */
const meanings: Readonly<Record<string, string>> = {
  OPERATION_NOT_AN_OBJECT: 'it is not an object',
  OPERATION_OP_INVALID: 'its "op" is not one of add, remove, replace, move, copy, test',
  OPERATION_PATH_INVALID: 'its "path" is not a JSON pointer',
  OPERATION_FROM_REQUIRED: 'it needs "from"',
  OPERATION_VALUE_REQUIRED: 'it needs "value"',
  OPERATION_PATH_CANNOT_ADD: 'the parent of its "path" does not exist',
  OPERATION_PATH_UNRESOLVABLE: 'nothing exists at its "path"',
  OPERATION_FROM_UNRESOLVABLE: 'nothing exists at its "from"',
  OPERATION_PATH_ILLEGAL_ARRAY_INDEX: 'its "path" names an item of a list by something that is not a number',
  OPERATION_VALUE_OUT_OF_BOUNDS: 'its "path" lies behind the end of a list',
  TEST_OPERATION_FAILED: 'the value at its "path" is another one than expected',
};

/**
 * Returns `target` after all operations, or throws `PatchFault` when one of them is malformed or does not fit.
 * Nothing is applied in part.
 */
export async function jsonPatch(target: unknown, operations: unknown): Promise<unknown> {
  if (!Array.isArray(operations)) throw new PatchFault('the patch is not a list of operations');
  // Node.js sees a CommonJS package without named exports here, bundlers see both: the default has everything in either case.
  const { applyOperation, getValueByPointer, JsonPatchError } = (await import('fast-json-patch')).default;
  let document: unknown = structuredClone(target);
  for (const [index, operation] of (structuredClone(operations) as Operation[]).entries()) {
    try {
      const counted = countFromStart(operation, (pointer) => getValueByPointer(document, pointer) as unknown);
      document = applyOperation(document, counted, true).newDocument;
    } catch (error) {
      const meaning =
        error instanceof JsonPatchError
          ? (meanings[error.name] ?? error.name)
          : 'its "path" leads through a value that has no fields, or names a prototype';
      // The library's error holds the operation with its value, and all of the document: it is not kept as a cause.
      throw new PatchFault(`operation ${index + 1}, ${nameOf(operations[index])}, cannot be applied: ${meaning}`);
    }
  }
  return document;
}

/**
 * Negative indexes count from the end of a list, as kubeadm's library reads them: -1 is the last item, and in `add` the place behind it.
 * @param valueAt throws for a pointer that leads nowhere, which applying the operation then reports
 */
function countFromStart(operation: Operation, valueAt: (pointer: string) => unknown): Operation {
  if (!isMapping(operation)) return operation;
  const { op, path, from } = operation as Readonly<Record<string, unknown>>;
  // An item that moves inside its list is taken out before the place is counted.
  const adds = op === 'add' || op === 'copy' || (op === 'move' && parentOf(from) !== parentOf(path));
  return {
    ...(operation as Operation),
    ...(typeof path === 'string' ? { path: pointerFromStart(path, { adds, valueAt }) } : {}),
    ...(typeof from === 'string' ? { from: pointerFromStart(from, { adds: false, valueAt }) } : {}),
  } as Operation;
}

function parentOf(pointer: unknown): string {
  return String(pointer).split('/').slice(0, -1).join('/');
}

interface Counting {
  /** Whether the last index names a place between items. */
  readonly adds: boolean;
  readonly valueAt: (pointer: string) => unknown;
}

function pointerFromStart(pointer: string, { adds, valueAt }: Counting): string {
  const segments = pointer.split('/');
  for (const [depth, segment] of segments.entries()) {
    if (!/^-[1-9]\d*$/.test(segment)) continue;
    const list = listAt(segments.slice(0, depth).join('/'), valueAt);
    const length = (list?.length ?? 0) + (adds && depth === segments.length - 1 ? 1 : 0);
    if (list !== undefined && length + Number(segment) >= 0) segments[depth] = String(length + Number(segment));
  }
  return segments.join('/');
}

function listAt(pointer: string, valueAt: Counting['valueAt']): readonly unknown[] | undefined {
  try {
    const value = valueAt(pointer);
    return Array.isArray(value) ? value : undefined;
  } catch {
    // The operation fails for the same reason, and then says which.
    return undefined;
  }
}

const kinds: ReadonlySet<unknown> = new Set(['add', 'remove', 'replace', 'move', 'copy', 'test']);

/** Kind and paths of an operation, as far as it has them; never its value. */
function nameOf(operation: unknown): string {
  if (!isMapping(operation)) return typeWord(operation);
  const { op, from, path } = operation;
  const words = [
    ...(kinds.has(op) ? [String(op)] : []),
    ...(typeof from === 'string' ? [`from "${from}"`, 'to'] : []),
    ...(typeof path === 'string' ? [`"${path}"`] : []),
  ];
  return words.length === 0 ? 'without a kind and a path' : words.join(' ');
}

/** Returns `target` changed by `patch`: objects are merged, null deletes a key, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMapping(patch)) return patch;
  const result = new Map(isMapping(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, mergePatch(result.get(key), value));
  }
  return mappingOf(result);
}
