/** Leaves out what Kubernetes leaves out when it writes objects. */
import type { JsonObject, JsonValue } from '../types.ts';

/** Members that are undefined, empty texts, empty lists, empty objects or false are left out. */
export function compact(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((member): member is [string, JsonValue] => !isEmpty(member[1])));
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
