/** A validator for the part of JSON Schema 2020-12 that `docs/reference/events.schema.json` uses. */

export interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly oneOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly [keyword: string]: unknown;
}

interface Spot {
  readonly root: Schema;
  readonly schema: Schema;
  readonly place: string;
}

type Check = (value: unknown, argument: never, spot: Spot) => readonly string[];

const checks: Readonly<Record<string, Check>> = {
  $ref: (value, name: string, spot) => {
    const schema = spot.root.$defs?.[name.replace('#/$defs/', '')];
    return schema === undefined ? [`${spot.place}: ${name} does not exist`] : look(value, { ...spot, schema });
  },
  type: (value, type: string, { place }) => (hasType(value, type) ? [] : [`${place}: is not ${type}`]),
  const: (value, wanted: unknown, { place }) => (value === wanted ? [] : [`${place}: is not ${String(wanted)}`]),
  enum: (value, wanted: readonly unknown[], { place }) => (wanted.includes(value) ? [] : [`${place}: is none of ${wanted.join(', ')}`]),
  pattern: (value, pattern: string, { place }) => (new RegExp(pattern, 'u').test(String(value)) ? [] : [`${place}: is not ${pattern}`]),
  minimum: (value, least: number, { place }) => (Number(value) >= least ? [] : [`${place}: is below ${least}`]),
  required: (value, names: readonly string[], { place }) =>
    names.filter((name) => isObject(value) && !(name in value)).map((name) => `${place}.${name}: is missing`),
  items: (value, schema: Schema, spot) =>
    Array.isArray(value) ? value.flatMap((item, index) => look(item, { ...spot, schema, place: `${spot.place}[${index}]` })) : [],
  properties: (value, known: Readonly<Record<string, Schema>>, spot) =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, field]) => lookAtField(field, known[name], { ...spot, place: `${spot.place}.${name}` }))
      : [],
  oneOf: (value, choices: readonly Schema[], spot) => {
    const faults = choices.map((schema) => look(value, { ...spot, schema }));
    const fitting = faults.filter((list) => list.length === 0).length;
    return fitting === 1 ? [] : [`${spot.place}: fits ${fitting} alternatives: ${faults.map((list) => list.join('; ')).join(' | ')}`];
  },
  anyOf: (value, choices: readonly Schema[], spot) =>
    choices.some((schema) => look(value, { ...spot, schema }).length === 0) ? [] : [`${spot.place}: fits no alternative`],
};

const withoutEffect = new Set(['$defs', '$id', '$schema', 'additionalProperties', 'description', 'format', 'title']);

/**
 * Returns what is wrong with `value`, empty when it fits. Stricter than the standard: objects with `properties` are
 * closed unless they say otherwise, so that a field the schema forgot is found.
 */
export function validate(schema: Schema, value: unknown): readonly string[] {
  return look(value, { root: schema, schema, place: '$' });
}

function look(value: unknown, spot: Spot): readonly string[] {
  return Object.entries(spot.schema).flatMap(([keyword, argument]) => {
    if (withoutEffect.has(keyword)) return [];
    const check = checks[keyword];
    return check === undefined ? [`${spot.place}: the validator lacks ${keyword}`] : check(value, argument as never, spot);
  });
}

function lookAtField(value: unknown, schema: Schema | undefined, spot: Spot): readonly string[] {
  if (schema !== undefined) return look(value, { ...spot, schema });
  return spot.schema.additionalProperties === true ? [] : [`${spot.place}: is unknown`];
}

function hasType(value: unknown, type: string): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
