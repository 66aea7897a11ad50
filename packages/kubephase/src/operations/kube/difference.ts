/** The patch that leads from one state of an object to another. */

type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns a patch for the fields that differ; empty when none does. Lists are given whole, so that it is a strategic merge
 * patch only where the changed lists are replaced as a whole, such as the taints of a Node.
 */
export function differenceBetween(before: Fields, after: Fields): Fields {
  const removed = Object.keys(before).filter((key) => before[key] !== undefined && after[key] === undefined);
  const changed = Object.entries(after).flatMap(([key, value]) => {
    const change = changeOf(before[key], value);
    return change === undefined ? [] : [[key, change] as const];
  });
  return Object.fromEntries([...removed.map((key) => [key, null] as const), ...changed]);
}

/** Undefined when nothing changes. */
function changeOf(before: unknown, after: unknown): unknown {
  if (isFields(before) && isFields(after)) {
    const inner = differenceBetween(before, after);
    return Object.keys(inner).length === 0 ? undefined : inner;
  }
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : after;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
