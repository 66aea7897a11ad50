/** Component configurations as plain documents: merging, and fields for which the tool recommends a value. */
import type { ConfigDocument } from '../documents.ts';
import type { Reporter } from '../findings.ts';
import type { ComponentKind } from '../kinds.ts';
import type { JsonObject, JsonValue } from '../types.ts';

/** A field that the tool fills in when it is unset (absent, null, or an empty text). */
export interface Recommendation {
  readonly path: readonly string[];
  readonly value: JsonValue;
  /** Only warn about another value; the field stays away when it is unset. */
  readonly leaveUnset?: boolean;
  /** Fill in without warning about another value. */
  readonly quiet?: boolean;
}

/** Returns the user's document over the zero values that components of the minor print. */
export function startDocument(
  kind: ComponentKind,
  given: ConfigDocument | undefined,
  zeroFields: Readonly<Record<string, unknown>>,
): JsonObject {
  const named = { apiVersion: `${kind.group}/${kind.version}`, kind: kind.kind };
  return merge(merge(zeroFields as JsonObject, withoutNulls(given?.data ?? {}) as JsonObject), named);
}

/** Fills in what is unset; reports other values and values of a wrong type. The user's values are kept. */
export function recommend(document: JsonObject, recommendations: readonly Recommendation[], reporter: Reporter): JsonObject {
  return recommendations.reduce((current, recommendation) => recommendOne(current, recommendation, reporter), document);
}

function recommendOne(document: JsonObject, recommendation: Recommendation, reporter: Reporter): JsonObject {
  const { path, value, leaveUnset, quiet } = recommendation;
  const kind = typeof document['kind'] === 'string' ? document['kind'] : '';
  const found = lookUp(document, path);
  if ('notMapping' in found) {
    const summary = `${kind}: ${found.notMapping.join('.')}: wrong type: expected a mapping`;
    reporter.error('CONFIG_WRONG_TYPE', [kind, ...found.notMapping], { summary });
    return document;
  }
  const given = found.value;
  if (given === undefined || given === null || given === '') return leaveUnset === true ? document : setAt(document, path, value);
  if (typeName(given) !== typeName(value)) {
    const summary = `${kind}: ${path.join('.')}: wrong type: expected ${typeName(value)}, found ${typeName(given)}`;
    reporter.error('CONFIG_WRONG_TYPE', [kind, ...path], { summary });
  } else if (quiet !== true && JSON.stringify(given) !== JSON.stringify(value)) {
    reporter.warn('CONFIG_COMPONENT_OVERRIDE', [kind, ...path], {
      summary: `the recommended value for "${path.join('.')}" in "${kind}" is ${JSON.stringify(value)}; the value given is ${JSON.stringify(given)}`,
      remedy: 'The value given is used. Remove the field to get the recommended value.',
    });
  }
  return document;
}

type Found = { readonly value: JsonValue | undefined } | { readonly notMapping: readonly string[] };

function lookUp(document: JsonObject, path: readonly string[]): Found {
  let value: JsonValue | undefined = document;
  for (const [depth, key] of path.entries()) {
    if (value === undefined || value === null) return { value: undefined };
    if (!isObject(value)) return { notMapping: path.slice(0, depth) };
    value = value[key];
  }
  return { value };
}

function setAt(document: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  return merge(document, path.reduceRight<JsonValue>((inner, key) => ({ [key]: inner }), value) as JsonObject);
}

/** `over` wins; mappings are merged key by key, everything else is replaced. */
function merge(under: JsonObject, over: JsonObject): JsonObject {
  const merged = Object.entries(over).map(([key, value]): [string, JsonValue] => {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    return [key, isObject(below) && isObject(value) ? merge(below, value) : value];
  });
  return Object.fromEntries([...Object.entries(under), ...merged]);
}

/** Null is Go's word for unset. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutNulls(member)]));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: JsonValue): string {
  if (Array.isArray(value)) return 'a list';
  return { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'a mapping';
}
