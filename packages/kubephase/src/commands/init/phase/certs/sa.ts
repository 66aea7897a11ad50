/** Phase `certs/sa`: the key pair with which tokens of service accounts are signed and verified. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';

const work = () => import('../../../../operations/certificates/service-account.ts');

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'sa',
  summary: 'Make the key pair for the tokens of service accounts',
  description:
    'Existing keys are kept; a missing public key is made again from the private one. With an external certificate authority the pair has to be there.',
  flags: ['cert-dir', 'config', 'dry-run', 'kubernetes-version'],
  check: async (context) => (await work()).checkServiceAccountKeys(context),
  prepare: async (context) => (await work()).reserveServiceAccountKey(context),
  run: async (context, task) => (await work()).ensureServiceAccountKeys(context, task),
});
