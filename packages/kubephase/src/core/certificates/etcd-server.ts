/** The certificate with which the local etcd serves its clients. */
import type { LeafDescription } from './description.ts';
import { etcdCa } from './etcd-ca.ts';
import { etcdNames } from './names.ts';

export const etcdServer: LeafDescription = {
  name: 'etcd-server',
  base: 'etcd/server',
  authority: etcdCa,
  extendedKeyUsages: ['serverAuth', 'clientAuth'],
  subject: (config) => ({ commonName: config.nodeRegistration.name, organizations: [] }),
  names: (config) => etcdNames(config, config.cluster.etcd.local?.serverCertSANs ?? []),
};
