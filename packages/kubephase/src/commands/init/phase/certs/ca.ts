/** Phase `certs/ca`: the certificate authority of the cluster. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { authorityHooks } from '../../../../operations/certificates/hooks.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'ca',
  summary: 'Make the certificate authority of the cluster',
  description:
    'Signs the certificates of the API server, of its clients and of the kubelets. An existing authority is kept; without its key it counts as external, and what it signs has to be there too.',
  flags: ['cert-dir', 'config', 'dry-run', 'kubernetes-version'],
  ...authorityHooks(async () => (await import('../../../../core/certificates/descriptions.ts')).ca),
});
