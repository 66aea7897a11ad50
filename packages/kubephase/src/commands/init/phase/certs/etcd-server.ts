/** Phase `certs/etcd-server`: the certificate with which the local etcd serves. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { certificateHooks, needsAuthority, withLocalEtcd } from '../../../../operations/certificates/hooks.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'etcd-server',
  summary: 'Make the certificate with which the local etcd serves',
  description:
    'It holds the name and the address of this node, localhost, and etcd.local.serverCertSANs. An existing certificate is kept when it is in its period, signed by the authority beside it, and has its key.',
  flags: ['cert-dir', 'config', 'dry-run', 'kubernetes-version'],
  include: withLocalEtcd,
  needs: [needsAuthority('etcd-ca', 'etcd/ca')],
  ...certificateHooks(async () => (await import('../../../../core/certificates/descriptions.ts')).etcdServer),
});
