/** Finds the kind that a misplaced field belongs to. Import it late: it knows every kind. */
import type * as v from 'valibot';
import { componentFields } from '../../releases/components/fields.ts';
import { componentKinds } from '../vocabulary.ts';
import { clusterConfiguration, initConfiguration, joinConfiguration, resetConfiguration, upgradeConfiguration } from './v1beta4.ts';

const schemas: Readonly<Record<string, v.GenericSchema>> = {
  InitConfiguration: initConfiguration,
  ClusterConfiguration: clusterConfiguration,
  JoinConfiguration: joinConfiguration,
  ResetConfiguration: resetConfiguration,
  UpgradeConfiguration: upgradeConfiguration,
};

/** What is read of a schema; see `check.ts`. */
interface Structure {
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly wrapped?: v.GenericSchema;
}

/**
 * Returns where `name` belongs, as a sentence; undefined when no kind has such a field at its top or one level below.
 * @param kind of the document that has the field where it should not
 */
export function ownerHint(name: string, kind: string): string | undefined {
  const places = [...Object.entries(schemas).flatMap(([owner, schema]) => placesIn(owner, schema, name)), ...componentPlaces(name)];
  const [first, second] = places
    .filter((place) => place.owner !== kind || place.path.includes('.'))
    .sort((a, b) => rank(a, kind) - rank(b, kind));
  if (first === undefined) return undefined;
  const isChoice = second !== undefined && rank(second, kind) === rank(first, kind);
  const where = isChoice ? `${describe(first, kind)} or ${describe(second, kind)}` : describe(first, kind);
  return `"${name}" belongs ${where}. Move it there, or remove it.`;
}

interface Place {
  readonly owner: string;
  readonly path: string;
}

/** Fields of the top come first, then those of the same kind. */
function rank({ owner, path }: Place, kind: string): number {
  return (path.includes('.') ? 2 : 0) + (owner === kind ? 0 : 1);
}

function describe({ owner, path }: Place, kind: string): string {
  const parent = path.split('.').slice(0, -1).join('.');
  if (owner === kind) return `below ${parent}`;
  return parent === '' ? `to ${owner}` : `to ${owner}, below ${parent}`;
}

function placesIn(owner: string, schema: v.GenericSchema, name: string): readonly Place[] {
  const top = entriesOf(schema);
  const below = Object.entries(top).filter(([, field]) => Object.hasOwn(entriesOf(field), name));
  return [...(Object.hasOwn(top, name) ? [{ owner, path: name }] : []), ...below.map(([parent]) => ({ owner, path: `${parent}.${name}` }))];
}

function entriesOf(schema: v.GenericSchema): NonNullable<Structure['entries']> {
  const { entries, wrapped } = schema as Structure;
  return wrapped === undefined ? (entries ?? {}) : entriesOf(wrapped);
}

function componentPlaces(name: string): readonly Place[] {
  return componentKinds.filter(({ kind }) => componentFields(kind).has(name)).map(({ kind }) => ({ owner: kind, path: name }));
}
