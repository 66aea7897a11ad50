/** Certificates of servers that are not accepted, by the codes that OpenSSL and Node.js give them. */

const foreign = 'is not from the authority in the kubeconfig file';

/** What is wrong, as the end of "its certificate …". */
const reasons: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: 'is not valid yet',
  CERT_SIGNATURE_FAILURE: foreign,
  DEPTH_ZERO_SELF_SIGNED_CERT: foreign,
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for other names',
  SELF_SIGNED_CERT_IN_CHAIN: foreign,
  UNABLE_TO_GET_ISSUER_CERT: foreign,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: foreign,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: foreign,
};

/** Why the certificate of the server was not accepted, as the end of "its certificate …"; undefined for any other error. */
export function distrustOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? reasons[code] : undefined;
}
