/** Phase `kubeconfig/admin`: the file of the administrator. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import { needsAuthority } from '../../../../operations/certificates/hooks.ts';
import type { KubeconfigContext } from '../../../../operations/kubeconfig/ensure.ts';
import { kubeconfigHooks } from '../../../../operations/kubeconfig/hooks.ts';

export const phase = definePhase<KubeconfigContext, InitFlag>({
  name: 'admin',
  summary: 'Make admin.conf for the administrator',
  description:
    'Its server is the control-plane endpoint. The group in its certificate gets its rights from a role binding, so that the rights can be taken away; before Kubernetes 1.29 the group has all rights by itself.',
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
  ...kubeconfigHooks(({ admin }) => admin),
});
