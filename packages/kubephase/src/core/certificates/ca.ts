/** The authority of the cluster: signs the API server's certificates and those of its clients. */
import type { AuthorityDescription } from './description.ts';

export const ca: AuthorityDescription = { name: 'ca', base: 'ca', commonName: 'kubernetes' };
