/** Environment variables of control plane containers. */
import type { EnvVar } from '../../config/types.ts';

/** Variables that tell programs which proxy to use: any name that ends in `_proxy`, in any case, with a value. */
export function proxyVariables(environment: Readonly<Record<string, string | undefined>>): readonly EnvVar[] {
  return Object.entries(environment).flatMap(([name, value]) => (/_proxy$/i.test(name) && value ? [{ name, value }] : []));
}

/** Returns all variables sorted by name, later ones replacing earlier ones; undefined when there are none. */
export function mergeEnvironment(...lists: readonly (readonly EnvVar[])[]): readonly EnvVar[] | undefined {
  const byName = new Map(lists.flat().map((variable) => [variable.name, variable]));
  if (byName.size === 0) return undefined;
  return [...byName.keys()].sort().flatMap((name) => {
    const variable = byName.get(name);
    return variable === undefined ? [] : [printed(variable)];
  });
}

/** As core/v1 prints it: without an empty value, and a reference to a field says of which API version. */
function printed({ name, value, valueFrom }: EnvVar): EnvVar {
  return { name, ...(value ? { value } : {}), ...(valueFrom === undefined ? {} : { valueFrom: withVersion(valueFrom) }) };
}

function withVersion(valueFrom: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const reference = valueFrom.fieldRef;
  if (typeof reference !== 'object' || reference === null) return valueFrom;
  const fields = reference as Readonly<Record<string, unknown>>;
  return fields.apiVersion ? valueFrom : { ...valueFrom, fieldRef: { ...fields, apiVersion: 'v1' } };
}
