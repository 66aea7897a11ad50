/** Checks the document of a component against the fields that the component of the target's minor has. Import it late. */
import { parseDuration } from '../formats/duration.ts';
import { isQuantity } from '../formats/quantity.ts';
import { isMapping } from '../formats/data/mapping.ts';
import { componentFields, describeMinors, minorNumber, type ComponentField, type ComponentName } from '../releases/components/fields.ts';
import type { ConfigDocument } from './documents.ts';
import type { FieldPath, Reporter } from './findings.ts';
import { formRules } from './schema/field.ts';
import { ownerHint } from './schema/owners.ts';
import { reportUnknownField, reportWrongType } from './schema/report.ts';
import { nearestKnown } from './vocabulary.ts';

interface Check {
  readonly document: ConfigDocument;
  /** The number behind the dot; undefined when the target is not known: then fields of any minor will do. */
  readonly minor: number | undefined;
  readonly reporter: Reporter;
}

/**
 * Reports wrong types (errors) and unknown fields (errors in strict mode, else warnings).
 * @param minor of the target, such as `1.36`; undefined when the file names none
 */
export function checkComponent(document: ConfigDocument, minor: string | undefined, reporter: Reporter): void {
  const check = { document, minor: minor === undefined ? undefined : minorNumber(minor), reporter };
  const { apiVersion: _apiVersion, kind, ...data } = document.data;
  checkFields(data, componentFields(kind as ComponentName), { path: [], check });
}

interface At {
  readonly path: FieldPath;
  readonly check: Check;
}

function checkFields(data: Readonly<Record<string, unknown>>, fields: ComponentField['fields'], { path, check }: At): void {
  for (const [name, value] of Object.entries(data)) {
    const field = fields.get(name);
    const type = field && typeAt(field, check.minor);
    const at = { path: [...path, name], check };
    if (type === undefined) reportUnknown(fields, field, at);
    else checkValue(value, { type, fields: field?.fields ?? new Map() }, at);
  }
}

function typeAt({ types }: ComponentField, minor: number | undefined): string | undefined {
  return (minor === undefined ? types.at(-1) : types.find(({ from, to }) => from <= minor && minor <= to))?.type;
}

function reportUnknown(fields: ComponentField['fields'], field: ComponentField | undefined, { path, check }: At): void {
  const { document, minor, reporter } = check;
  const known = [...fields].filter(([, candidate]) => typeAt(candidate, minor) !== undefined).map(([name]) => name);
  const minors = field === undefined ? '' : describeMinors(field);
  const name = String(path.at(-1));
  const hint = minors === '' ? undefined : `"${name}" only exists in Kubernetes ${minors}. Remove it, or deploy such a version.`;
  reportUnknownField({ path, known, hint: hint ?? hintFor(name, known, document.kind) }, document, reporter);
}

/** A name that is only misspelt is no name of another kind. */
function hintFor(name: string, known: readonly string[], kind: string): string | undefined {
  return nearestKnown(name, known) === undefined ? ownerHint(name, kind) : undefined;
}

interface Expected {
  readonly type: string;
  /** Of mappings below. */
  readonly fields: ComponentField['fields'];
}

function checkValue(value: unknown, { type, fields }: Expected, at: At): void {
  // Null is Go's word for unset.
  if (value === null) return;
  if (type.endsWith('[]')) return checkItems(value, { type: type.slice(0, -2), fields }, at);
  if (type.endsWith('{}')) return checkMembers(value, { type: type.slice(0, -2), fields }, at);
  if (type === 'mapping') return isMapping(value) ? checkFields(value, fields, at) : wrong('Object', value, at);
  const rule = scalars[type];
  if (rule === undefined) throw new TypeError(`the tables of components have no type ${type}`);
  if (!rule.types.includes(typeof value)) return wrong(rule.expected, value, at);
  const detail = rule.fault?.(value);
  if (detail !== undefined) at.check.reporter.invalid([at.check.document.kind, ...at.path], { value, detail });
}

function checkItems(value: unknown, expected: Expected, at: At): void {
  if (!Array.isArray(value)) return wrong('Array', value, at);
  for (const [index, item] of value.entries()) checkValue(item, expected, { ...at, path: [...at.path, index] });
}

function checkMembers(value: unknown, expected: Expected, at: At): void {
  if (!isMapping(value)) return wrong('Object', value, at);
  for (const [key, member] of Object.entries(value)) checkValue(member, expected, { ...at, path: [...at.path, key] });
}

function wrong(expected: string, found: unknown, { path, check: { document, reporter } }: At): void {
  reportWrongType(path, { expected, found }, { document, reporter });
}

interface Scalar {
  /** Words of JavaScript for the types that can hold a value. */
  readonly types: readonly string[];
  /** What messages say instead. */
  readonly expected: string;
  /** What is wrong with a value of the right type, as the end of a sentence. */
  readonly fault?: (value: unknown) => string | undefined;
}

const duration = (value: unknown) => (parseDuration(String(value)) === undefined ? formRules.duration : undefined);
const whole = (min: number, max: number) => (value: unknown) => {
  if (!Number.isInteger(value)) return formRules.integer;
  return Number(value) >= min && Number(value) <= max ? undefined : `must be between ${min} and ${max}`;
};

const scalars: Readonly<Record<string, Scalar>> = {
  text: { types: ['string'], expected: 'string' },
  boolean: { types: ['boolean'], expected: 'boolean' },
  number: { types: ['number'], expected: 'number' },
  int32: { types: ['number'], expected: 'number', fault: whole(-(2 ** 31), 2 ** 31 - 1) },
  uint32: { types: ['number'], expected: 'number', fault: whole(0, 2 ** 32 - 1) },
  int64: { types: ['number'], expected: 'number', fault: whole(-(2 ** 63), 2 ** 63) },
  duration: { types: ['string'], expected: 'a duration such as 90s or 1h30m', fault: duration },
  durationOrNumber: {
    types: ['string', 'number'],
    expected: 'a duration such as 5s',
    fault: (value) => (typeof value === 'string' ? duration(value) : whole(-(2 ** 63), 2 ** 63)(value)),
  },
  time: {
    types: ['string'],
    expected: 'a time such as 2030-01-01T00:00:00Z',
    fault: (value) => (Number.isNaN(Date.parse(String(value))) ? formRules.time : undefined),
  },
  quantity: {
    types: ['string', 'number'],
    expected: 'an amount such as 100m or 512Mi',
    fault: (value) => (isQuantity(String(value)) ? undefined : 'amounts are written like 100m or 512Mi'),
  },
};
