/** The certificate with which the API server serves. */
import { ca } from './ca.ts';
import type { LeafDescription } from './description.ts';
import { apiserverNames } from './names.ts';

export const apiserver: LeafDescription = {
  name: 'apiserver',
  base: 'apiserver',
  authority: ca,
  extendedKeyUsages: ['serverAuth'],
  subject: () => ({ commonName: 'kube-apiserver', organizations: [] }),
  names: apiserverNames,
};
