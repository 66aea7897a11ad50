/** The authority for extension API servers: they trust whoever shows a certificate signed by it. */
import type { AuthorityDescription } from './description.ts';

export const frontProxyCa: AuthorityDescription = { name: 'front-proxy-ca', base: 'front-proxy-ca', commonName: 'front-proxy-ca' };
