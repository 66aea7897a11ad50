/** Control plane components: arguments, volumes and environment in their complete form. */
import type { Argument, ControlPlaneComponent, EnvVar, HostPathMount } from '../types.ts';
import type { GivenComponent } from '../v1beta4/parts.ts';

type List<T> = readonly T[] | null | undefined;
type Given<K extends keyof GivenComponent> = NonNullable<GivenComponent[K]>[number];

export function completeComponent(given: GivenComponent | null | undefined): ControlPlaneComponent {
  return {
    extraArgs: toArguments(given?.extraArgs),
    extraVolumes: (given?.extraVolumes ?? []).map(toMount),
    extraEnvs: toEnvs(given?.extraEnvs),
  };
}

export function toArguments(given: List<Given<'extraArgs'>>): readonly Argument[] {
  return (given ?? []).map(({ name, value }) => ({ name: name ?? '', value: value ?? '' }));
}

export function toEnvs(given: List<Given<'extraEnvs'>>): readonly EnvVar[] {
  return (given ?? []).map((env) => toEnv(env));
}

function toEnv({ name, value, valueFrom }: Given<'extraEnvs'>): EnvVar {
  return {
    name: name ?? '',
    // An empty value is none, as in Go.
    ...(value === null || value === undefined || value === '' ? {} : { value }),
    ...(valueFrom === null || valueFrom === undefined ? {} : { valueFrom: withFieldVersion(valueFrom) }),
  };
}

function toMount(given: Given<'extraVolumes'>): HostPathMount {
  const { name, hostPath, mountPath, readOnly, pathType } = given;
  return { name: name ?? '', hostPath: hostPath ?? '', mountPath: mountPath ?? '', readOnly: readOnly ?? false, pathType: pathType ?? '' };
}

/** The API server fills in the version of a field reference; a static Pod is compared before that. */
function withFieldVersion(valueFrom: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { fieldRef } = valueFrom;
  if (typeof fieldRef !== 'object' || fieldRef === null) return valueFrom;
  const { apiVersion } = fieldRef as { readonly apiVersion?: unknown };
  return typeof apiVersion === 'string' && apiVersion !== '' ? valueFrom : { ...valueFrom, fieldRef: { ...fieldRef, apiVersion: 'v1' } };
}
