/** `repair`: its phases in the order in which they run, and its command in words. */
import { defineWorkflow } from 'phaserunner';
import { flags, type FlagName } from '../../../src/flags/flags.ts';
import { certs } from '../../../src/phases/certs.ts';
import { controlPlane, markControlPlane, waitControlPlane } from '../../../src/phases/control-plane.ts';
import { kubeconfig } from '../../../src/phases/kubeconfig.ts';
import type { RunCommand } from '../../../src/run/bind.ts';
import type { RepairConfig, RepairContext } from './context.ts';
import { backup } from './phases.ts';

/** Flags of every command of `repair`. A shared phase does without those of its flags that are not here. */
const offers = ['config', 'dry-run', 'strict', 'allow-unknown-version', 'kubeconfig', 'patches'] as const satisfies readonly FlagName[];

export const workflow = defineWorkflow<RepairContext, typeof flags>({
  name: 'repair',
  summary: 'Make the missing files of a control plane node again',
  flags,
  offers,
  phases: [backup, certs, kubeconfig, controlPlane, waitControlPlane, markControlPlane],
});

export const command: RunCommand<RepairContext, RepairConfig> = {
  workflow,
  mainFlags: offers,
  phaseFlags: ['config', 'dry-run', 'strict', 'allow-unknown-version'],
  examples: ['repair --config cluster.yaml', 'repair phase certs --config cluster.yaml'],
  work: async () => (await import('./open.ts')).work,
};
