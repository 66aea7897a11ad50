/** Phase `etcd/local`: the etcd that runs on this node. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { ManifestContext } from '../../../../operations/manifests/context.ts';
import { manifestHooks } from '../../../../operations/manifests/hooks.ts';

export const phase = definePhase<ManifestContext, InitFlag>({
  name: 'local',
  summary: 'Write the static Pod manifest of the etcd on this node',
  description: `Makes the data folder, which only root can read, and writes etcd.yaml into the manifests folder. An existing manifest is replaced, existing data stay.

Patches of the target "etcd" change the manifest before it is written.`,
  example: `init phase etcd local
init phase etcd local --config cluster.yaml`,
  flags: ['cert-dir', 'config', 'dry-run', 'image-repository', 'patches'],
  include: { only: 'with a local etcd', test: ({ config }) => config.cluster.etcd.local !== undefined },
  ...manifestHooks('etcd'),
});
