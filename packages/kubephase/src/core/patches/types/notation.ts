/**
 * Reads the tables of field types. A type is a text of words `field:type`, where `:string` is left out; `[]` in front
 * of a type is a list of it, `{}` an object with free keys.
 */
import { containerTypes } from './containers.ts';
import { objectTypes } from './objects.ts';
import { schedulingTypes } from './scheduling.ts';
import { volumeTypes } from './volumes.ts';

const tables = { ...objectTypes, ...containerTypes, ...volumeTypes, ...schedulingTypes };

export type TypeName = keyof typeof tables;

const parsed = new Map<string, ReadonlyMap<string, string>>();

/** Types of the fields of a type in the tables, by field name; undefined for scalars. */
export function fieldTypes(type: string): ReadonlyMap<string, string> | undefined {
  const known = parsed.get(type);
  const text = (tables as Readonly<Record<string, string>>)[type];
  if (known !== undefined || text === undefined) return known;
  const fields = new Map(text.trim().split(/\s+/).map(readWord));
  parsed.set(type, fields);
  return fields;
}

function readWord(word: string): readonly [string, string] {
  const colon = word.indexOf(':');
  return colon < 0 ? [word, 'string'] : [word.slice(0, colon), word.slice(colon + 1)];
}
