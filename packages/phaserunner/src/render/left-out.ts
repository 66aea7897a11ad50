/** Says which phases the selection left out, and why. */
import type { PlannedPhase } from '../events.ts';

/** One line for each reason. Of a subtree in which nothing runs only the top is named. */
export function leftOutLines(plan: readonly PlannedPhase[]): readonly string[] {
  const busy = new Set(plan.filter(({ decision }) => decision.run).flatMap(({ path }) => pathsAbove(path)));
  const isIdle = (path: string): boolean => !busy.has(path);
  const reasons = new Map<string, string[]>();
  for (const { path, decision } of plan) {
    if (decision.run || decision.because !== 'selection' || !isIdle(path)) continue;
    const parent = parentOf(path);
    if (parent !== undefined && isIdle(parent)) continue;
    const paths = reasons.get(decision.reason) ?? [];
    reasons.set(decision.reason, [...paths, path]);
  }
  return [...reasons].map(([reason, paths]) => `${reason}: ${paths.join(', ')}`);
}

/** `path` itself and its ancestors. */
function pathsAbove(path: string): readonly string[] {
  const parent = parentOf(path);
  return parent === undefined ? [path] : [path, ...pathsAbove(parent)];
}

function parentOf(path: string): string | undefined {
  const at = path.lastIndexOf('/');
  return at < 0 ? undefined : path.slice(0, at);
}
