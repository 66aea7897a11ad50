/** Phase `control-plane/controller-manager`: the manifest of kube-controller-manager. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { ManifestContext } from '../../../../operations/manifests/context.ts';
import { manifestHooks } from '../../../../operations/manifests/hooks.ts';

export const phase = definePhase<ManifestContext, InitFlag>({
  name: 'controller-manager',
  summary: 'Write the static Pod manifest of kube-controller-manager',
  description: `Pod addresses are given out to nodes only when networking.podSubnet is set. With an external certificate authority the component signs nothing.`,
  example: `init phase control-plane controller-manager
init phase control-plane controller-manager --config cluster.yaml`,
  flags: [
    'cert-dir',
    'config',
    'controller-manager-extra-args',
    'dry-run',
    'image-repository',
    'kubernetes-version',
    'patches',
    'pod-network-cidr',
  ],
  ...manifestHooks('kube-controller-manager'),
});
