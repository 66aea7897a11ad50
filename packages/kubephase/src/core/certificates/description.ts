/** What is known of a certificate before it is made. */
import type { InitConfig } from '../../config/types.ts';
import type { AltNames } from '../../formats/x509/names.ts';
import type { ExtendedKeyUsage } from '../../formats/x509/extensions.ts';
import type { Traits } from '../../releases/release.ts';

/** The part of a configuration that certificates are made of; joining nodes have it too. */
export type CertificateConfig = Pick<InitConfig, 'nodeRegistration' | 'localAPIEndpoint' | 'cluster'>;

export interface Subject {
  readonly commonName: string;
  readonly organizations: readonly string[];
}

/** Names for a certificate, and wanted names that are neither IP addresses nor DNS names. */
export interface WantedNames extends AltNames {
  readonly unusable: readonly string[];
}

/** A self-signed certificate authority. */
export interface AuthorityDescription {
  /** Word of the phase, `ca`. */
  readonly name: string;
  /** Path below the certificates folder, without `.crt` and `.key`. */
  readonly base: string;
  readonly commonName: string;
}

/** A certificate signed by an authority. */
export interface LeafDescription {
  /** Word of the phase, such as `apiserver`. */
  readonly name: string;
  /** Path below the certificates folder, without `.crt` and `.key`. */
  readonly base: string;
  readonly authority: AuthorityDescription;
  readonly extendedKeyUsages: readonly ExtendedKeyUsage[];
  readonly subject: (config: CertificateConfig, traits: Traits) => Subject;
  /** @throws ProblemError `CERT_NAMES_INVALID`, `ENDPOINT_INVALID` */
  readonly names?: (config: CertificateConfig) => WantedNames;
}

/** The organizations of a subject that has one or none. */
export function organizations(organization: string | undefined): readonly string[] {
  return organization === undefined ? [] : [organization];
}
