/** Checks an object against the field types of its kind, as decoding it into the API's types would. */
import { mappingOf, isMapping, type Mapping } from '../../formats/data/mapping.ts';
import { fieldTypes, type TypeName } from './field-types.ts';

export interface TypeFault {
  /** Such as `spec.containers[0].ports[0].containerPort`. */
  readonly path: string;
  readonly expected: string;
  readonly found: unknown;
}

export interface TypedObject {
  /** The object without fields that its kind does not have, and without nulls. */
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
  return fields === undefined ? readScalar(value, type, at) : readFields(value, fields, at);
}

function readList(value: unknown, type: string, at: At): unknown {
  if (!Array.isArray(value)) return wrong(value, 'a list', at);
  return value.map((item, index) => read(item, type, { ...at, path: `${at.path}[${index}]` }));
}

function readMap(value: unknown, type: string, at: At): unknown {
  if (!isMapping(value)) return wrong(value, 'an object', at);
  return mappingOf(Object.entries(value).map(([key, item]) => [key, read(item, type, inside(at, key))] as const));
}

function readFields(value: unknown, fields: ReadonlyMap<string, string>, at: At): unknown {
  if (!isMapping(value)) return wrong(value, 'an object', at);
  const entries: (readonly [string, unknown])[] = [];
  for (const [key, item] of Object.entries(value)) {
    const type = fields.get(key);
    if (type === undefined) at.findings.unknown.push(inside(at, key).path);
    else if (item !== null) entries.push([key, read(item, type, inside(at, key))]);
  }
  return mappingOf(entries);
}

/** A decimal number with an optional unit or exponent, as Kubernetes writes amounts of resources. */
const quantity = /^[+-]?(\d+(\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

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
    accepts: (value) => (typeof value === 'string' && quantity.test(value)) || typeof value === 'number',
  },
};

function readScalar(value: unknown, type: string, at: At): unknown {
  const rule = scalars[type];
  return rule === undefined || rule.accepts(value) ? value : wrong(value, rule.expected, at);
}

function wrong(found: unknown, expected: string, at: At): unknown {
  at.findings.faults.push({ path: at.path, expected, found });
  return found;
}

function inside(at: At, key: string): At {
  return { ...at, path: at.path === '' ? key : `${at.path}.${key}` };
}
