/** The certificate with which the API server calls kubelets. */
import { ca } from './ca.ts';
import { organizations, type LeafDescription } from './description.ts';

export const apiserverKubeletClient: LeafDescription = {
  name: 'apiserver-kubelet-client',
  base: 'apiserver-kubelet-client',
  authority: ca,
  extendedKeyUsages: ['clientAuth'],
  subject: (_, traits) => ({
    commonName: 'kube-apiserver-kubelet-client',
    organizations: organizations(traits.apiserverKubeletClientOrganization),
  }),
};
