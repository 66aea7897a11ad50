/** Phase `certs/apiserver-kubelet-client`: the certificate with which the API server calls kubelets. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { certificateHooks, needsAuthority } from '../../../../operations/certificates/hooks.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'apiserver-kubelet-client',
  summary: 'Make the certificate with which the API server calls kubelets',
  description:
    'Used for logs, exec and port forwarding. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: ['cert-dir', 'config', 'dry-run', 'kubernetes-version'],
  needs: [needsAuthority('ca', 'ca')],
  ...certificateHooks(async () => (await import('../../../../core/certificates/descriptions.ts')).apiserverKubeletClient),
});
