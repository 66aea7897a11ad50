/** Phase `etcd`: groups what etcd needs. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { ManifestContext } from '../../../../operations/manifests/context.ts';
import { phase as local } from './local.ts';

export const phase = definePhase<ManifestContext, InitFlag>({
  name: 'etcd',
  summary: 'Write the static Pod manifest of a local etcd',
  example: `init phase etcd local --config cluster.yaml`,
  phases: [local],
});
