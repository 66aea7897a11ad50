/** Phase `kubeconfig/kubelet`: the first credentials of the kubelet on this node. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import { needsAuthority } from '../../../../operations/certificates/hooks.ts';
import type { KubeconfigContext } from '../../../../operations/kubeconfig/ensure.ts';
import { kubeconfigHooks } from '../../../../operations/kubeconfig/hooks.ts';

export const phase = definePhase<KubeconfigContext, InitFlag>({
  name: 'kubelet',
  summary: 'Make kubelet.conf for the first start of the kubelet',
  description: 'The kubelet uses it until it has got a certificate of its own, which it renews by itself.',
  flags: [
    'apiserver-advertise-address',
    'apiserver-bind-port',
    'cert-dir',
    'config',
    'control-plane-endpoint',
    'dry-run',
    'kubeconfig-dir',
    'kubernetes-version',
    'node-name',
  ],
  needs: [needsAuthority('ca', 'ca')],
  ...kubeconfigHooks(({ kubelet }) => kubelet),
});
