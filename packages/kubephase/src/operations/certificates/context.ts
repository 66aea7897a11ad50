/** What the work on certificates uses of a phase's context. */
import type { CertificateConfig } from '../../core/certificates/issuing.ts';
import type { KeySupply } from '../../core/keys/supply.ts';
import type { Host } from '../../host/port.ts';
import type { ResolvedRelease } from '../../releases/release.ts';

export interface PkiContext {
  readonly config: CertificateConfig;
  readonly release: Pick<ResolvedRelease, 'traits'>;
  readonly paths: { readonly certificates: string };
  readonly host: Pick<Host, 'files' | 'randomBytes'>;
  readonly keys: KeySupply;
  /** Start of the process: certificates of one run are made for, and judged at, the same time. */
  readonly startedAtMs: number;
}

/** Absolute path, without ending, of the files of a certificate. */
export function basePath(context: Pick<PkiContext, 'paths'>, { base }: { readonly base: string }): string {
  return `${context.paths.certificates}/${base}`;
}

/** Word under which the key of a certificate is reserved and taken. */
export function keyOwner({ name }: { readonly name: string }): string {
  return `certs/${name}`;
}
