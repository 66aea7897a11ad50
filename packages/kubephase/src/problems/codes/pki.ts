/** Codes of certificates, keys and kubeconfig files. */
import type { CodeTable } from './code.ts';

export const pkiCodes = {
  PKI_UNDECODABLE: { meaning: 'Data that should be a certificate or a key cannot be decoded.', exit: 'host' },
  PKI_FILE_INVALID: {
    meaning:
      'A certificate or key file exists, but its content cannot be used. Restore it from a backup, or remove it to have it made again.',
    exit: 'host',
  },
  PKI_INCOMPLETE_PAIR: {
    meaning: 'Of two files that belong together, a key and its certificate, only one exists. Restore the other, or remove the one.',
    exit: 'host',
  },
  PKI_KEY_MISMATCH: { meaning: 'A private key and the certificate beside it do not belong together.', exit: 'host' },
  PKI_KEY_EXPOSED: { meaning: 'A private key can be read or changed by other users of the machine.', exit: 'host' },
  PKI_KEY_UNSUPPORTED: { meaning: 'A key is of a kind that cannot sign certificates here, such as Ed25519.', exit: 'host' },
  PKI_NOT_AN_AUTHORITY: { meaning: 'The certificate of a certificate authority does not allow it to sign others.', exit: 'host' },
  PKI_AUTHORITY_MISSING: {
    meaning: 'Files exist that a certificate authority signed, but the authority itself is missing; a new one would not fit them.',
    exit: 'host',
  },
  PKI_EXTERNAL_CA_INCOMPLETE: {
    meaning:
      'A certificate authority without its key is on disk, so that nothing can be signed, and a file that it should have signed is missing.',
    exit: 'host',
  },
  CERT_EXPIRED: { meaning: 'A certificate is past its last day. Remove or renew it.', exit: 'host' },
  CERT_NOT_YET_VALID: {
    meaning: 'A certificate is valid only from a later time on. Usually the clock of this machine is wrong.',
    exit: 'host',
  },
  CERT_NOT_SIGNED_BY_CA: { meaning: 'A certificate was not signed by the certificate authority that lies beside it.', exit: 'host' },
  CERT_NAMES_INVALID: { meaning: 'The names for a certificate cannot be worked out from the configuration.', exit: 'configuration' },
  ENDPOINT_INVALID: {
    meaning: 'The control-plane endpoint is not a host name or IP address with an optional port.',
    exit: 'configuration',
  },
  KUBECONFIG_INVALID: {
    meaning: 'A kubeconfig file exists, but cannot be used. Remove it to have it made again.',
    exit: 'host',
  },
  KUBECONFIG_FOREIGN_CA: {
    meaning: "A kubeconfig file trusts another certificate authority than the one in the cluster's certificate folder.",
    exit: 'host',
  },
} as const satisfies CodeTable;
