/** The certificate with which members of etcd talk to each other. */
import type { LeafDescription } from './description.ts';
import { etcdCa } from './etcd-ca.ts';
import { etcdNames } from './names.ts';

export const etcdPeer: LeafDescription = {
  name: 'etcd-peer',
  base: 'etcd/peer',
  authority: etcdCa,
  extendedKeyUsages: ['serverAuth', 'clientAuth'],
  subject: (config) => ({ commonName: config.nodeRegistration.name, organizations: [] }),
  names: (config) => etcdNames(config, config.cluster.etcd.local?.peerCertSANs ?? []),
};
