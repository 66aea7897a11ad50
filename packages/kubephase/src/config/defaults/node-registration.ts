/** How this node is registered, with defaults. */
import type { FieldPath } from '../places.ts';
import type { NodeRegistration } from '../types.ts';
import type { GivenNodeRegistration } from '../v1beta4/parts.ts';
import { imagePullPolicies } from '../words.ts';
import { toArguments } from './components.ts';
import { completeCriSocket } from './cri-socket.ts';
import type { Tools } from './tools.ts';
import { defaults, textOr } from './values.ts';

export interface NodeSurroundings {
  /** Path of the registration, for reports. */
  readonly field: FieldPath;
  /** Keys of the taints of a node that is given none. */
  readonly taintKeys: readonly string[];
  readonly detectCriSocket: boolean;
  readonly tools: Tools;
}

export async function completeNodeRegistration(
  given: GivenNodeRegistration,
  { field, taintKeys, detectCriSocket, tools }: NodeSurroundings,
): Promise<NodeRegistration> {
  return {
    name: textOr(given.name, tools.host.network.hostName()).trim().toLowerCase(),
    criSocket: await completeCriSocket({ given: given.criSocket, field: [...field, 'criSocket'], detect: detectCriSocket }, tools),
    taints: completeTaints(given.taints, taintKeys),
    kubeletExtraArgs: toArguments(given.kubeletExtraArgs),
    ignorePreflightErrors: ignoredChecks(given.ignorePreflightErrors),
    imagePullPolicy: completePullPolicy(given.imagePullPolicy),
    imagePullSerial: given.imagePullSerial ?? true,
  };
}

/** An unknown policy is reported by a rule of its own. */
export function completePullPolicy(given: string | null | undefined): NodeRegistration['imagePullPolicy'] {
  return imagePullPolicies.find((policy) => policy === given) ?? defaults.imagePullPolicy;
}

/** Names of checks in lower case, each once, sorted. */
export function ignoredChecks(names: readonly string[] | null | undefined): readonly string[] {
  return [...new Set((names ?? []).map((name) => name.toLowerCase()))].sort();
}

/** An empty list is a wish: no taints. */
function completeTaints(given: GivenNodeRegistration['taints'], keys: readonly string[]): NodeRegistration['taints'] {
  if (given === null || given === undefined) return keys.map((key) => ({ key, effect: 'NoSchedule' }));
  return given.map(({ key, value, effect }) => ({
    key: key ?? '',
    effect: effect ?? '',
    ...(textOr(value, '') === '' ? {} : { value: value ?? '' }),
  }));
}
