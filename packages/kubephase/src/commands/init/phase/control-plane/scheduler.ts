/** Phase `control-plane/scheduler`: the manifest of kube-scheduler. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { ManifestContext } from '../../../../operations/manifests/context.ts';
import { manifestHooks } from '../../../../operations/manifests/hooks.ts';

export const phase = definePhase<ManifestContext, InitFlag>({
  name: 'scheduler',
  summary: 'Write the static Pod manifest of kube-scheduler',
  description: `scheduler.extraArgs, scheduler.extraVolumes and scheduler.extraEnvs replace what has the same name.`,
  example: `init phase control-plane scheduler
init phase control-plane scheduler --config cluster.yaml`,
  flags: ['cert-dir', 'config', 'dry-run', 'image-repository', 'kubernetes-version', 'patches', 'scheduler-extra-args'],
  ...manifestHooks('kube-scheduler'),
});
