/** Phase `kubeconfig/super-admin`: the file that works without role bindings. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import { needsAuthority } from '../../../../operations/certificates/hooks.ts';
import type { KubeconfigContext } from '../../../../operations/kubeconfig/ensure.ts';
import { kubeconfigHooks } from '../../../../operations/kubeconfig/hooks.ts';

export const phase = definePhase<KubeconfigContext, InitFlag>({
  name: 'super-admin',
  summary: 'Make super-admin.conf for emergencies',
  description: 'Its user has all rights, whatever the role bindings say. Keep it in a safe place, apart from this machine.',
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
  include: { only: 'from Kubernetes 1.29 on', test: ({ release }) => release.traits.superAdmin },
  needs: [needsAuthority('ca', 'ca')],
  ...kubeconfigHooks(({ superAdmin }) => superAdmin),
});
