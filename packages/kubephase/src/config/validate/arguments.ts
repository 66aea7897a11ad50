/** Rules for lists of component arguments. */
import type { Argument } from '../types.ts';
import type { Rule, Violation } from './rule.ts';

/** One violation for each argument without name. */
export function unnamedArguments(field: string, list: readonly Argument[]): readonly Violation[] {
  return list.flatMap(({ name }, index) =>
    name === '' ? [{ field, value: `index ${index}`, detail: 'the argument is missing its name' }] : [],
  );
}

const at = 'ClusterConfiguration';

export const argumentRules: readonly Rule[] = [
  {
    name: 'component-arguments',
    check: ({ config: { cluster } }) => [
      ...unnamedArguments(`${at}.apiServer.extraArgs`, cluster.apiServer.extraArgs),
      ...unnamedArguments(`${at}.controllerManager.extraArgs`, cluster.controllerManager.extraArgs),
      ...unnamedArguments(`${at}.scheduler.extraArgs`, cluster.scheduler.extraArgs),
      ...unnamedArguments(`${at}.etcd.local.extraArgs`, cluster.etcd.local?.extraArgs ?? []),
    ],
  },
];
