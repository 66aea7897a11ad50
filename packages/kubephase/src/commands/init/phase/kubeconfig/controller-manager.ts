/** Phase `kubeconfig/controller-manager`: the file of the controller manager. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import { needsAuthority } from '../../../../operations/certificates/hooks.ts';
import type { KubeconfigContext } from '../../../../operations/kubeconfig/ensure.ts';
import { kubeconfigHooks } from '../../../../operations/kubeconfig/hooks.ts';

export const phase = definePhase<KubeconfigContext, InitFlag>({
  name: 'controller-manager',
  summary: 'Make controller-manager.conf for the controller manager',
  description: 'Its server is the API server of this node, which has the same version.',
  flags: [
    'apiserver-advertise-address',
    'apiserver-bind-port',
    'cert-dir',
    'config',
    'control-plane-endpoint',
    'dry-run',
    'kubeconfig-dir',
    'kubernetes-version',
  ],
  needs: [needsAuthority('ca', 'ca')],
  ...kubeconfigHooks(({ controllerManager }) => controllerManager),
});
