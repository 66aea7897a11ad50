/** The certificate with which the health of the local etcd is probed. */
import { organizations, type LeafDescription } from './description.ts';
import { etcdCa } from './etcd-ca.ts';

export const etcdHealthcheckClient: LeafDescription = {
  name: 'etcd-healthcheck-client',
  base: 'etcd/healthcheck-client',
  authority: etcdCa,
  extendedKeyUsages: ['clientAuth'],
  subject: (_, traits) => ({ commonName: 'kube-etcd-healthcheck-client', organizations: organizations(traits.etcdClientOrganization) }),
};
