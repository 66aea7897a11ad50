/** What can be wrong with what a phase's `work` loads, where no compiler has looked at it. */
import { hookNames, type Work } from './phase.ts';
import type { Problem } from './problems.ts';

type HookName = keyof Work<unknown>;

/** Returns what is wrong, in words that follow the phase's path; nothing when `exports` are hooks. */
export function workFaults(exports: unknown): readonly string[] {
  if (typeof exports !== 'object' || exports === null) return [`loads ${typeName(exports)} as its work`];
  const found = exports as Readonly<Record<string, unknown>>;
  const misspelt = Object.keys(found).flatMap((name) => {
    const hook = hookLike(name);
    return hook === undefined || found[hook] !== undefined ? [] : [`loads work with ${name}, which is no hook; did you mean ${hook}?`];
  });
  const malformed = hookNames.flatMap((name) => {
    const hook = found[name];
    return hook === undefined || typeof hook === 'function' ? [] : [`loads work whose ${name} is ${typeName(hook)}, not a function`];
  });
  const faults = [...misspelt, ...malformed];
  return faults.length > 0 || found['run'] !== undefined ? faults : [`loads work without run: found ${nameList(Object.keys(found))}`];
}

/** The problem for one of them. */
export function malformedWork(path: string, says: string): Problem {
  return {
    code: 'WORKFLOW_INVALID',
    summary: `phase ${path} ${says}`,
    remedy: `have what "work" loads bring run, and of ${hookNames.filter((name) => name !== 'run').join(', ')} what it has, as functions`,
    where: { phase: path, field: 'work' },
  };
}

/** Whatever else a module exports is its own matter, but a hook in other letters is a slip that nothing else would show. */
function hookLike(name: string): HookName | undefined {
  const letters = name.toLowerCase().replaceAll(/[-_]/g, '');
  return hookNames.find((hook) => hook !== name && hook === letters);
}

function typeName(value: unknown): string {
  return value === null || value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function nameList(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : names.join(', ');
}
