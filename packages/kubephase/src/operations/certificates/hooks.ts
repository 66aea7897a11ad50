/** Hooks of the phases that take care of one certificate each. The work is loaded when it is needed. */
import type { Membership, Need, Phase } from 'phaserunner';
import type { AuthorityDescription, LeafDescription } from '../../core/certificates/descriptions.ts';
import type { PkiContext } from './context.ts';

type Hooks = Required<Pick<Phase<PkiContext>, 'check' | 'prepare' | 'run'>>;

const authorityWork = () => import('./authority.ts');
const certificateWork = () => import('./leaf.ts');

/** Hooks of the phase of a certificate authority. */
export function authorityHooks(load: () => Promise<AuthorityDescription>): Hooks {
  return {
    check: async (context) => (await authorityWork()).checkCertificateAuthority(context, await load()),
    prepare: async (context) => (await authorityWork()).reserveAuthorityKey(context, await load()),
    run: async (context, task) => (await authorityWork()).ensureCertificateAuthority(context, await load(), task),
  };
}

/** Hooks of the phase of a certificate that an authority signs. */
export function certificateHooks(load: () => Promise<LeafDescription>): Hooks {
  return {
    check: async (context) => (await certificateWork()).checkCertificate(context, await load()),
    prepare: async (context) => (await certificateWork()).reserveCertificateKey(context, await load()),
    run: async (context, task) => (await certificateWork()).ensureCertificate(context, await load(), task),
  };
}

/** What `needsAuthority` looks at. */
type CertificatesFolder = Pick<PkiContext, 'paths'> & { readonly host: Pick<PkiContext['host'], 'files'> };

/**
 * The need for an authority, made in this run or by an earlier process.
 * @param name name of its phase
 * @param base its path below the certificates folder, without ending
 */
export function needsAuthority(name: string, base: string): Need<CertificatesFolder> {
  return {
    phase: `certs/${name}`,
    or: `${base}.crt on disk`,
    unless: async ({ host, paths }) => (await host.files.status(`${paths.certificates}/${base}.crt`)) !== undefined,
  };
}

/** Membership of the phases for the certificates of etcd. */
export const withLocalEtcd: Membership<Pick<PkiContext, 'config'>> = {
  only: 'with a local etcd',
  test: ({ config }) => config.cluster.etcd.local !== undefined,
};
