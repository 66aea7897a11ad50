/** Phase `kubeconfig/scheduler`: the file of the scheduler. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import { needsAuthority } from '../../../../operations/certificates/hooks.ts';
import type { KubeconfigContext } from '../../../../operations/kubeconfig/ensure.ts';
import { kubeconfigHooks } from '../../../../operations/kubeconfig/hooks.ts';

export const phase = definePhase<KubeconfigContext, InitFlag>({
  name: 'scheduler',
  summary: 'Make scheduler.conf for the scheduler',
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
  ...kubeconfigHooks(({ scheduler }) => scheduler),
});
