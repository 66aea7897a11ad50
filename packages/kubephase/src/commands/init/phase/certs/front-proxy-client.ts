/** Phase `certs/front-proxy-client`: the certificate with which the API server calls extension API servers. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { certificateHooks, needsAuthority } from '../../../../operations/certificates/hooks.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'front-proxy-client',
  summary: 'Make the certificate with which the API server calls extension API servers',
  description:
    'Used by the aggregation layer. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: ['cert-dir', 'config', 'dry-run', 'kubernetes-version'],
  needs: [needsAuthority('front-proxy-ca', 'front-proxy-ca')],
  ...certificateHooks(async () => (await import('../../../../core/certificates/descriptions.ts')).frontProxyClient),
});
