/** Phase `certs/etcd-healthcheck-client`: the certificate with which the health of etcd is probed. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { certificateHooks, needsAuthority, withLocalEtcd } from '../../../../operations/certificates/hooks.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'etcd-healthcheck-client',
  summary: 'Make the certificate with which the health of etcd is probed',
  description:
    'Used by the probes of the etcd Pod. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: ['cert-dir', 'config', 'dry-run', 'kubernetes-version'],
  include: withLocalEtcd,
  needs: [needsAuthority('etcd-ca', 'etcd/ca')],
  ...certificateHooks(async () => (await import('../../../../core/certificates/descriptions.ts')).etcdHealthcheckClient),
});
