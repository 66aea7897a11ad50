/** Objects of v1beta4 that several documents share, in the form in which they are written. */
import type { Argument, ControlPlaneComponent, EnvVar, HostPathMount, JsonObject, JsonValue } from '../types.ts';
import { compact } from './compact.ts';

export function componentObject({ extraArgs, extraVolumes, extraEnvs }: ControlPlaneComponent): JsonObject {
  return compact({
    extraArgs: argumentObjects(extraArgs),
    extraEnvs: envObjects(extraEnvs),
    extraVolumes: extraVolumes.map((mount) => mountObject(mount)),
  });
}

export function argumentObjects(list: readonly Argument[]): readonly JsonObject[] {
  return list.map(({ name, value }) => ({ name, value }));
}

export function envObjects(list: readonly EnvVar[]): readonly JsonObject[] {
  return list.map(({ name, value, valueFrom }) => ({ name, ...compact({ value, valueFrom: valueFrom as JsonValue | undefined }) }));
}

function mountObject({ name, hostPath, mountPath, readOnly, pathType }: HostPathMount): JsonObject {
  return { name, hostPath, mountPath, ...compact({ readOnly, pathType }) };
}
