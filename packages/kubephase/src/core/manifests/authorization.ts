/** Authorization modes of the API server. */
import type { Argument } from '../../config/types.ts';
import { lastValue } from './arguments.ts';

export const defaultAuthorizationModes = 'Node,RBAC';

const known = new Set(['Node', 'RBAC', 'Webhook', 'ABAC', 'AlwaysAllow', 'AlwaysDeny']);

/** The default of `--authorization-mode`: none when the user has a structured configuration instead. */
export function authorizationMode(extraArgs: readonly Argument[]): string | undefined {
  return lastValue(extraArgs, 'authorization-config') === undefined ? defaultAuthorizationModes : undefined;
}

/** What is unusual about the modes that the user asks for. They are passed on as they are all the same. */
export function authorizationWarnings(extraArgs: readonly Argument[]): readonly string[] {
  const value = lastValue(extraArgs, 'authorization-mode');
  if (value === undefined || value === '' || authorizationMode(extraArgs) === undefined) return [];
  const modes = value.split(',');
  const valid = modes.filter((mode) => known.has(mode));
  const unknown = modes
    .filter((mode) => !known.has(mode))
    .map((mode) => `kube-apiserver knows no authorization mode "${mode}"; it is passed on`);
  const usual = valid.length === 0 || valid.join(',') === defaultAuthorizationModes;
  return usual
    ? unknown
    : [...unknown, `kube-apiserver uses the authorization modes "${valid.join(',')}" instead of "${defaultAuthorizationModes}"`];
}
