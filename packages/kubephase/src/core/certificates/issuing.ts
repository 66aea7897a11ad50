/** What every new certificate gets: when it is valid, and its serial number. */
import type { ControlPlaneConfig } from '../../config/types.ts';
import type { Certificate } from '../../formats/x509/certificate.ts';

/** The part of a configuration that certificates are made of; joining nodes have it too. */
export type CertificateConfig = Pick<ControlPlaneConfig, 'nodeRegistration' | 'localAPIEndpoint' | 'cluster'>;

/** Milliseconds since 1970-01-01T00:00:00Z. */
interface Period {
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** Certificates start a little early, so that machines whose clocks are behind accept them at once. */
const headStartMs = 5 * 60 * 1000;

/** The period of an authority made by a process that started at `startedAtMs`. */
export function authorityPeriod({ cluster }: CertificateConfig, startedAtMs: number): Period {
  return { notBeforeMs: startedAtMs - headStartMs, notAfterMs: startedAtMs + cluster.caCertificateValidityPeriodMs };
}

/** The period of a certificate made by a process that started at `startedAtMs`; it may end after that of its authority. */
export function leafPeriod({ cluster }: CertificateConfig, startedAtMs: number): Period {
  return { notBeforeMs: startedAtMs - headStartMs, notAfterMs: startedAtMs + cluster.certificateValidityPeriodMs };
}

/** The period of a client certificate inside a kubeconfig: it starts with its authority. */
export function kubeconfigPeriod(config: CertificateConfig, startedAtMs: number, authority: Certificate): Period {
  return { ...leafPeriod(config, startedAtMs), notBeforeMs: authority.notBeforeMs };
}

const largestSerialNumber = 2n ** 63n - 2n;

/** Returns a random number from 1 to 2^63−2, each as likely as the other. */
export function serialNumber(randomBytes: (length: number) => Uint8Array): bigint {
  for (;;) {
    const value = BigInt.asUintN(63, Buffer.from(randomBytes(8)).readBigUInt64BE());
    if (value >= 1n && value <= largestSerialNumber) return value;
  }
}
