/** Phase `certs/etcd-ca`: the certificate authority of the local etcd. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { PkiContext } from '../../../../operations/certificates/context.ts';
import { authorityHooks, withLocalEtcd } from '../../../../operations/certificates/hooks.ts';

export const phase = definePhase<PkiContext, InitFlag>({
  name: 'etcd-ca',
  summary: 'Make the certificate authority of the local etcd',
  description: 'Signs the certificates of the etcd members and of their clients. An existing authority is kept.',
  flags: ['cert-dir', 'config', 'dry-run', 'kubernetes-version'],
  include: withLocalEtcd,
  ...authorityHooks(async () => (await import('../../../../core/certificates/descriptions.ts')).etcdCa),
});
