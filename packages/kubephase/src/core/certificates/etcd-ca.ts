/** The authority of the local etcd: signs its members' certificates and those of its clients. */
import type { AuthorityDescription } from './description.ts';

export const etcdCa: AuthorityDescription = { name: 'etcd-ca', base: 'etcd/ca', commonName: 'etcd-ca' };
