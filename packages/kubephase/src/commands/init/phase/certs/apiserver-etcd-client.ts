/** Phase `certs/apiserver-etcd-client`: the certificate with which the API server calls the local etcd. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { certificateHooks, needsAuthority, withLocalEtcd } from '../../../../operations/certificates/hooks.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'apiserver-etcd-client',
  summary: 'Make the certificate with which the API server calls the local etcd',
  description:
    'With an external etcd the configuration names the files to use instead. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: ['cert-dir', 'config', 'dry-run', 'kubernetes-version'],
  include: withLocalEtcd,
  needs: [needsAuthority('etcd-ca', 'etcd/ca')],
  ...certificateHooks(async () => (await import('../../../../core/certificates/descriptions.ts')).apiserverEtcdClient),
});
