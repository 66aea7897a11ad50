/** Checks an object against the field types of its kind, as decoding it into the API's types would. */
import { mappingOf, isMapping, type Mapping } from '../../formats/data/mapping.ts';
import { canonicalQuantity, isQuantity } from '../../formats/quantity.ts';
import { isLeftOut, structsOf } from './empty-values.ts';
import { fieldTypes, type TypeName } from './field-types.ts';

export interface TypeFault {
  /** Such as `spec.containers[0].ports[0].containerPort`. */
  readonly path: string;
  readonly expected: string;
  readonly found: unknown;
}

export interface TypedObject {
  /** As the API's types print it: without fields that its kind does not have, nulls and empty values, amounts in their one form. */
  readonly object: Mapping;
  /** Paths of the fields that were left out. */
  readonly unknown: readonly string[];
  readonly faults: readonly TypeFault[];
}

/** Returns `object` as far as kind `type` knows its fields. */
export function readTyped(object: Mapping, type: TypeName): TypedObject {
  const findings: Findings = { unknown: [], faults: [] };
  const value = read(object, type, { path: '', findings });
  return { object: isMapping(value) ? value : {}, ...findings };
}

interface Findings {
  readonly unknown: string[];
  readonly faults: TypeFault[];
}

interface At {
  readonly path: string;
  readonly findings: Findings;
}

function read(value: unknown, type: string, at: At): unknown {
  if (value === null || type === 'any') return value;
  if (type.startsWith('[]')) return readList(value, type.slice(2), at);
  if (type.startsWith('{}')) return readMap(value, type.slice(2), at);
  const fields = fieldTypes(type);
  return fields === undefined ? readScalar(value, type, at) : readFields(value, { type, fields }, at);
}

function readList(value: unknown, type: string, at: At): unknown {
  if (!Array.isArray(value)) return wrong(value, 'a list', at);
  return value.map((item, index) => read(item, type, { ...at, path: `${at.path}[${index}]` }));
}

function readMap(value: unknown, type: string, at: At): unknown {
  if (!isMapping(value)) return wrong(value, 'an object', at);
  return mappingOf(Object.entries(value).map(([key, item]) => [key, read(item, type, inside(at, key))] as const));
}

interface Struct {
  readonly type: string;
  readonly fields: ReadonlyMap<string, string>;
}

function readFields(value: unknown, { type, fields }: Struct, at: At): unknown {
  if (!isMapping(value)) return wrong(value, 'an object', at);
  const entries: (readonly [string, unknown])[] = [];
  for (const [key, item] of Object.entries(value)) {
    const own = fields.get(key);
    if (own === undefined) at.findings.unknown.push(inside(at, key).path);
    else if (isWritten(item, { type, key, own })) entries.push([key, read(item, own, inside(at, key))]);
  }
  const absent = [...structsOf(type)].filter((key) => !isMapping(value[key]));
  return mappingOf([...entries, ...absent.map((key) => [key, {}] as const)]);
}

interface Place {
  readonly type: string;
  readonly key: string;
  /** Type of the field. */
  readonly own: string;
}

/** Whether the API's types would print the value. */
function isWritten(value: unknown, { type, key, own }: Place): boolean {
  // Releases before 1.34 print that the time is not known; in newer ones no object has the field.
  if (value === null) return key === 'creationTimestamp';
  return own === 'any' || fieldTypes(own) !== undefined || !isLeftOut(type, key, value);
}

const scalars: Readonly<Record<string, { readonly expected: string; readonly accepts: (value: unknown) => boolean }>> = {
  string: { expected: 'text', accepts: (value) => typeof value === 'string' },
  bool: { expected: 'true or false', accepts: (value) => typeof value === 'boolean' },
  integer: { expected: 'a whole number', accepts: (value) => Number.isInteger(value) },
  intOrString: { expected: 'a whole number or text', accepts: (value) => typeof value === 'string' || Number.isInteger(value) },
  time: {
    expected: 'a time such as 2026-01-31T12:00:00Z',
    accepts: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
  },
  quantity: {
    expected: 'an amount such as 100m or 512Mi',
    accepts: (value) => (typeof value === 'string' && isQuantity(value)) || typeof value === 'number',
  },
};

function readScalar(value: unknown, type: string, at: At): unknown {
  const rule = scalars[type];
  if (rule !== undefined && !rule.accepts(value)) return wrong(value, rule.expected, at);
  return type === 'quantity' ? canonicalQuantity(String(value)) : value;
}

function wrong(found: unknown, expected: string, at: At): unknown {
  at.findings.faults.push({ path: at.path, expected, found });
  return found;
}

function inside(at: At, key: string): At {
  return { ...at, path: at.path === '' ? key : `${at.path}.${key}` };
}
