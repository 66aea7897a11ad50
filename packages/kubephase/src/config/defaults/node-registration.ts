/** How this node is registered, with defaults. */
import type { Traits } from '../../releases/release.ts';
import type { NodeRegistration } from '../types.ts';
import type { GivenNodeRegistration } from '../v1beta4/parts.ts';
import { toArguments } from './components.ts';
import { completeCriSocket } from './cri-socket.ts';
import type { Tools } from './tools.ts';
import { defaults, textOr } from './values.ts';

export interface NodeSurroundings {
  readonly traits: Pick<Traits, 'controlPlaneTaints'>;
  readonly detectCriSocket: boolean;
  /** Checks of `--ignore-preflight-errors`. */
  readonly ignoredByFlag: readonly string[];
  readonly tools: Tools;
}

export async function completeNodeRegistration(
  given: GivenNodeRegistration,
  { traits, detectCriSocket, ignoredByFlag, tools }: NodeSurroundings,
): Promise<NodeRegistration> {
  return {
    name: textOr(given.name, tools.host.network.hostName()).trim().toLowerCase(),
    criSocket: await completeCriSocket(given.criSocket, detectCriSocket, tools),
    taints: completeTaints(given.taints, traits.controlPlaneTaints),
    kubeletExtraArgs: toArguments(given.kubeletExtraArgs),
    ignorePreflightErrors: ignoredChecks([...(given.ignorePreflightErrors ?? []), ...ignoredByFlag]),
    imagePullPolicy: imagePullPolicies.find((policy) => policy === given.imagePullPolicy) ?? defaults.imagePullPolicy,
    imagePullSerial: given.imagePullSerial ?? true,
  };
}

/** An unknown policy is reported by a rule of its own. */
export const imagePullPolicies: readonly NodeRegistration['imagePullPolicy'][] = ['Always', 'IfNotPresent', 'Never'];

/** An empty list is a wish: no taints. */
function completeTaints(given: GivenNodeRegistration['taints'], keys: readonly string[]): NodeRegistration['taints'] {
  if (given === null || given === undefined) return keys.map((key) => ({ key, effect: 'NoSchedule' }));
  return given.map(({ key, value, effect }) => ({
    key: key ?? '',
    effect: effect ?? '',
    ...(textOr(value, '') === '' ? {} : { value: value ?? '' }),
  }));
}

function ignoredChecks(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.toLowerCase()))].sort();
}
