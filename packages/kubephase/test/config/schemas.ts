/** Makes the published JSON Schemas from the schemas with which the loader reads. */
import { toJsonSchema, type ConversionConfig } from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { durationPattern, type FieldNotes } from '../../src/config/schema/field.ts';
import * as v1beta3 from '../../src/config/schema/v1beta3.ts';
import {
  clusterConfiguration,
  initConfiguration,
  joinConfiguration,
  resetConfiguration,
  upgradeConfiguration,
} from '../../src/config/schema/v1beta4.ts';
import { componentKinds, type ComponentKind } from '../../src/config/vocabulary.ts';
import { quantityPattern } from '../../src/formats/quantity.ts';
import { componentFields, describeMinors, type ComponentField } from '../../src/releases/components/fields.ts';

type JsonSchema = ReturnType<typeof toJsonSchema>;

const group = 'kubeadm.k8s.io';

const kinds: Readonly<Record<string, Readonly<Record<string, v.GenericSchema>>>> = {
  v1beta4: {
    InitConfiguration: initConfiguration,
    ClusterConfiguration: clusterConfiguration,
    JoinConfiguration: joinConfiguration,
    ResetConfiguration: resetConfiguration,
    UpgradeConfiguration: upgradeConfiguration,
  },
  v1beta3: {
    InitConfiguration: v1beta3.initConfiguration,
    ClusterConfiguration: v1beta3.clusterConfiguration,
    JoinConfiguration: v1beta3.joinConfiguration,
  },
};

/** The schemas by the path of their file: one for each kind, those of components included, and `kubeadm.json` for a document of any. */
export function jsonSchemas(): ReadonlyMap<string, JsonSchema> {
  const own = Object.entries(kinds).flatMap(([version, schemas]) =>
    Object.entries(schemas).map(([kind, schema]) => ({ version, kind, schema: schemaOf(schema, { version, kind }) })),
  );
  const single = [
    ...own,
    ...componentKinds.map(({ group: owner, version, kind }) => ({
      version,
      kind,
      schema: componentSchema({ group: owner, version, kind }),
    })),
  ];
  const files = single.map(({ version, kind, schema }): [string, JsonSchema] => [`${version}/${kind.toLowerCase()}.json`, schema]);
  const names = single.map(({ version, kind }) => `${version}.${kind}`);
  const combined = {
    $schema,
    title: `Configuration documents of ${group}`,
    oneOf: names.map((name) => ({ $ref: `#/definitions/${name}` })),
    definitions: Object.fromEntries(single.map(({ schema: { $schema: _same, ...schema } }, index) => [names[index] ?? '', schema])),
  };
  return new Map([...files, ['kubeadm.json', combined]]);
}

const $schema = 'http://json-schema.org/draft-07/schema#';

function schemaOf(schema: v.GenericSchema, { version, kind }: { readonly version: string; readonly kind: string }): JsonSchema {
  return withNames(toJsonSchema(schema, conversion), { apiVersion: `${group}/${version}`, kind });
}

function withNames(
  { properties, ...body }: JsonSchema,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
): JsonSchema {
  const words = {
    apiVersion: { description: 'Group and version of the document.', type: 'string' as const, const: apiVersion },
    kind: { description: 'Kind of the document.', type: 'string' as const, const: kind },
  };
  return { ...body, $schema, title: `${kind} (${apiVersion})`, properties: { ...properties, ...words }, required: ['apiVersion', 'kind'] };
}

/** Has the fields of every minor, and says which minors those are. */
function componentSchema({ group: owner, version, kind }: ComponentKind): JsonSchema {
  return withNames(mappingOf(componentFields(kind)), { apiVersion: `${owner}/${version}`, kind });
}

function mappingOf(fields: ComponentField['fields']): JsonSchema {
  const properties = Object.fromEntries([...fields].map(([name, field]) => [name, fieldSchema(field)]));
  return { type: 'object', properties, additionalProperties: false };
}

function fieldSchema(field: ComponentField): JsonSchema {
  const minors = describeMinors(field);
  // The newest type also reads what earlier ones read.
  const schema = typeSchema(field.types.at(-1)?.type ?? '', field.fields);
  return { description: minors === '' ? 'In every minor.' : `In Kubernetes ${minors}.`, ...schema };
}

function typeSchema(type: string, fields: ComponentField['fields']): JsonSchema {
  if (type.endsWith('[]')) return { type: ['array', 'null'] as never, items: typeSchema(type.slice(0, -2), fields) };
  if (type.endsWith('{}')) return { type: ['object', 'null'] as never, additionalProperties: typeSchema(type.slice(0, -2), fields) };
  const { type: word, ...rest } = type === 'mapping' ? mappingOf(fields) : (scalars[type] ?? {});
  return { type: [...[word].flat(), 'null'] as never, ...rest };
}

const int32 = { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };

const scalars: Readonly<Record<string, JsonSchema>> = {
  text: { type: 'string' },
  boolean: { type: 'boolean' },
  number: { type: 'number' },
  int32: { type: 'integer', ...int32 },
  uint32: { type: 'integer', minimum: 0, maximum: 2 ** 32 - 1 },
  int64: { type: 'integer' },
  duration: { type: 'string', pattern: durationPattern },
  durationOrNumber: { type: ['string', 'integer'] as never, pattern: durationPattern },
  time: { type: 'string' },
  quantity: { type: ['string', 'number'] as never, pattern: quantityPattern },
};

/** Fields that do not exist are refused, as in strict mode; null is as good as absent. */
const conversion: ConversionConfig = {
  // Checks by functions have a pattern among the notes.
  ignoreActions: ['check'],
  overrideSchema: ({ valibotSchema, jsonSchema }) => {
    if (valibotSchema.type === 'object') {
      const { required: _none, ...rest } = jsonSchema;
      return { ...rest, additionalProperties: false };
    }
    if (valibotSchema.type === 'record') {
      const { propertyNames: _any, ...rest } = jsonSchema;
      return rest;
    }
    return valibotSchema.type === 'nullish' ? orNull(jsonSchema) : undefined;
  },
  overrideAction: ({ valibotAction, jsonSchema }) =>
    valibotAction.type === 'metadata' ? withNotes(jsonSchema, (valibotAction as { readonly metadata?: FieldNotes }).metadata) : undefined,
};

/** `{anyOf: [X, null]}` as X that may be null, which editors show better. */
function orNull({ anyOf, default: _stands, ...rest }: JsonSchema): JsonSchema {
  const [inner] = (anyOf ?? []) as readonly JsonSchema[];
  if (inner === undefined || typeof inner.type !== 'string') throw new TypeError('a field has a type');
  return { ...rest, ...inner, type: [inner.type, 'null'] };
}

function withNotes(schema: JsonSchema, { words }: FieldNotes = {}): JsonSchema {
  // The generator copies notes as they are; this one is no keyword of JSON Schema.
  const { description, words: _words, ...rest } = schema as JsonSchema & FieldNotes;
  return {
    ...(description === undefined || description === '' ? {} : { description }),
    ...rest,
    // The empty text is absent.
    ...(words === undefined ? {} : { enum: [...words, '', null] }),
  };
}
