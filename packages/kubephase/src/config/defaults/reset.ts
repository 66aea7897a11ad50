/** Completes what was given for `reset`, as far as it is possible without asking the cluster. */
import type { ResetConfig } from '../types.ts';
import type { GivenReset } from '../schema/v1beta4.ts';
import { unmountFlags } from '../vocabulary.ts';
import { completeCriSocket, ignoredChecks } from './node.ts';
import { completeTimeouts, textOr } from './values.ts';
import type { Tools } from './machine.ts';

/**
 * Folder and socket stay away when they are not given: the cluster and the node know better than a default. kubeadm
 * fills them in first and so never asks.
 */
export async function completeReset(given: GivenReset, _detectCriSocket: boolean, tools: Tools): Promise<ResetConfig> {
  const certificatesDir = textOr(given.certificatesDir, '');
  const criSocket = textOr(given.criSocket, '');
  return {
    cleanupTmpDir: given.cleanupTmpDir ?? false,
    ...(certificatesDir === '' ? {} : { certificatesDir }),
    ...(criSocket === ''
      ? {}
      : { criSocket: await completeCriSocket({ given: criSocket, field: ['ResetConfiguration', 'criSocket'], detect: false }, tools) }),
    dryRun: given.dryRun ?? false,
    force: given.force ?? false,
    ignorePreflightErrors: ignoredChecks(given.ignorePreflightErrors),
    skipPhases: given.skipPhases ?? [],
    // Unknown ones are reported by a rule.
    unmountFlags: (given.unmountFlags ?? []).flatMap((flag) => unmountFlags.find((known) => known === flag) ?? []),
    timeouts: completeTimeouts(given.timeouts),
  };
}
