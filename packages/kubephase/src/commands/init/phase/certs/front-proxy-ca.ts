/** Phase `certs/front-proxy-ca`: the certificate authority for extension API servers. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { authorityHooks } from '../../../../operations/certificates/hooks.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'front-proxy-ca',
  summary: 'Make the certificate authority for extension API servers',
  description:
    'Extension API servers believe what the API server tells about a user when its certificate comes from this authority. An existing authority is kept.',
  flags: ['cert-dir', 'config', 'dry-run', 'kubernetes-version'],
  ...authorityHooks(async () => (await import('../../../../core/certificates/descriptions.ts')).frontProxyCa),
});
