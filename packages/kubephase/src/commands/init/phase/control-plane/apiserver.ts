/** Phase `control-plane/apiserver`: the manifest of kube-apiserver. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { ManifestContext } from '../../../../operations/manifests/context.ts';
import { manifestHooks } from '../../../../operations/manifests/hooks.ts';

export const phase = definePhase<ManifestContext, InitFlag>({
  name: 'apiserver',
  summary: 'Write the static Pod manifest of kube-apiserver',
  description: `apiServer.extraArgs replaces arguments of the same name and follows the rest in its own order. apiServer.extraVolumes and apiServer.extraEnvs replace volumes and variables of the same name.

Authorization modes other than Node,RBAC are passed on with a warning.`,
  example: `init phase control-plane apiserver
init phase control-plane apiserver --config cluster.yaml`,
  flags: [
    'apiserver-advertise-address',
    'apiserver-bind-port',
    'apiserver-extra-args',
    'cert-dir',
    'config',
    'control-plane-endpoint',
    'dry-run',
    'feature-gates',
    'image-repository',
    'kubernetes-version',
    'patches',
    'service-cidr',
  ],
  ...manifestHooks('kube-apiserver'),
});
