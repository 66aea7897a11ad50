/** The certificate with which the API server calls extension API servers. */
import type { LeafDescription } from './description.ts';
import { frontProxyCa } from './front-proxy-ca.ts';

export const frontProxyClient: LeafDescription = {
  name: 'front-proxy-client',
  base: 'front-proxy-client',
  authority: frontProxyCa,
  extendedKeyUsages: ['clientAuth'],
  subject: () => ({ commonName: 'front-proxy-client', organizations: [] }),
};
