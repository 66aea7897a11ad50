/** The certificate with which the API server calls the local etcd. */
import { organizations, type LeafDescription } from './description.ts';
import { etcdCa } from './etcd-ca.ts';

export const apiserverEtcdClient: LeafDescription = {
  name: 'apiserver-etcd-client',
  base: 'apiserver-etcd-client',
  authority: etcdCa,
  extendedKeyUsages: ['clientAuth'],
  subject: (_, traits) => ({
    commonName: 'kube-apiserver-etcd-client',
    organizations: organizations(traits.etcdClientOrganization),
  }),
};
