/** Turns any value into data that `JSON.stringify` accepts, whatever a phase put into it. */
import type { RunEvent } from '../events.ts';

export type JsonSafe = string | number | boolean | null | readonly JsonSafe[] | { readonly [key: string]: JsonSafe };

/**
 * Returns a copy of `value` as JSON data and never throws. Errors become `{ name, message, cause? }`, and so does
 * every `cause` field; big integers, dates and symbols become text, bytes become `<N bytes>`, an object inside itself becomes `<circular>`.
 * Undefined fields and functions are left out.
 */
export function jsonSafe(value: unknown): JsonSafe {
  return convert(value, []) ?? null;
}

/** Returns `event` as one line of JSON, without newline, with the field `time` (ISO 8601) beside `timeMs`. */
export function jsonLine(event: RunEvent): string {
  const { schema, sequence, timeMs, ...body } = event;
  return JSON.stringify(jsonSafe({ schema, sequence, timeMs, time: new Date(timeMs), ...body }));
}

/** `cause` as it appears in JSON: only name and message, down the chain. */
function describeCause(cause: unknown, above: readonly object[]): JsonSafe {
  if (!isObject(cause)) return { name: typeof cause, message: String(cause) };
  if (above.includes(cause)) return '<circular>';
  const { name, message, cause: deeper } = cause as { name?: unknown; message?: unknown; cause?: unknown };
  return {
    name: typeof name === 'string' ? name : 'object',
    message: typeof message === 'string' ? message : JSON.stringify(convert({ ...cause }, [...above, cause])),
    ...(deeper === undefined ? {} : { cause: describeCause(deeper, [...above, cause]) }),
  };
}

function convert(value: unknown, above: readonly object[]): JsonSafe | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  return typeof value === 'object' ? convertObject(value, above) : undefined;
}

function convertObject(value: object, above: readonly object[]): JsonSafe {
  if (above.includes(value)) return '<circular>';
  if (value instanceof Error) return describeCause(value, above);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Uint8Array) return `<${value.length} bytes>`;
  const inside = [...above, value];
  if (Array.isArray(value)) return value.map((item) => convert(item, inside) ?? null);
  const entries: [string, JsonSafe][] = [];
  for (const key of Object.keys(value)) {
    const safe = convertField(value, key, inside);
    if (safe !== undefined) entries.push([key, safe]);
  }
  return Object.fromEntries(entries);
}

function convertField(owner: object, key: string, above: readonly object[]): JsonSafe | undefined {
  try {
    const field: unknown = (owner as Record<string, unknown>)[key];
    return key === 'cause' && field !== undefined ? describeCause(field, above) : convert(field, above);
  } catch (error) {
    // A getter of somebody else's object may throw; an event log has to go on and say so in its place.
    return `<unreadable: ${error instanceof Error ? error.message : String(error)}>`;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
