/** Builds and signs certificates from a plain description. */
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { contextConstructed, membersOf, readBitString, readElement } from '../der/read.ts';
import { bitString, element, integer, nullValue, objectIdentifier, sequence, time } from '../der/write.ts';
import { failure } from '../../problems/catalogue.ts';
import { encodeName, type AltNames } from './names.ts';
import type { Certificate } from './certificate.ts';
import { authorityExtensions, keyIdentifier, leafExtensions, type ExtendedKeyUsage } from './extensions.ts';

/** What a certificate says, apart from its key and its signer. */
export interface CertificateTemplate {
  readonly commonName: string;
  readonly organizations: readonly string[];
  readonly serialNumber: bigint;
  /** Milliseconds since 1970-01-01T00:00:00Z, cut to whole seconds, like the next. */
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly names: AltNames;
}

export interface LeafTemplate extends CertificateTemplate {
  readonly extendedKeyUsages: readonly ExtendedKeyUsage[];
}

/** A certificate authority that can sign. */
export interface Signer {
  readonly certificate: Certificate;
  readonly key: KeyObject;
}

/** Returns a self-signed certificate of an authority in DER. */
export function buildAuthority(template: CertificateTemplate, key: KeyObject): Uint8Array {
  const publicKey = publicKeyDer(key);
  const keyId = keyIdentifier(readBitString(membersOf(readElement(publicKey))[1]));
  const issuer = encodeName(template.commonName, template.organizations);
  return signed({ template, publicKey, issuer, extensions: authorityExtensions(keyId, template.names) }, key);
}

/** Returns a certificate for the public half of `key`, signed by `signer`, in DER. */
export function buildLeaf(template: LeafTemplate, key: KeyObject, signer: Signer): Uint8Array {
  const { subject: issuer, subjectKeyIdentifier } = signer.certificate;
  const { extendedKeyUsages, names } = template;
  const extensions = leafExtensions({ extendedKeyUsages, names, authorityKeyId: subjectKeyIdentifier });
  return signed({ template, publicKey: publicKeyDer(key), issuer: issuer.der, extensions }, signer.key);
}

interface ToBeSigned {
  readonly template: CertificateTemplate;
  readonly publicKey: Uint8Array;
  readonly issuer: Uint8Array;
  readonly extensions: readonly Uint8Array[];
}

function signed({ template, publicKey, issuer, extensions }: ToBeSigned, key: KeyObject): Uint8Array {
  const { hash, algorithm } = signatureScheme(key);
  const version3 = element(contextConstructed(0), integer(2n));
  const content = sequence(
    version3,
    integer(template.serialNumber),
    algorithm,
    issuer,
    sequence(time(template.notBeforeMs), time(template.notAfterMs)),
    encodeName(template.commonName, template.organizations),
    publicKey,
    element(contextConstructed(3), sequence(...extensions)),
  );
  return sequence(content, algorithm, bitString(sign(hash, content, key)));
}

function publicKeyDer(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ type: 'spki', format: 'der' });
}

interface SignatureScheme {
  readonly hash: string;
  /** AlgorithmIdentifier in DER. */
  readonly algorithm: Uint8Array;
}

/** @see RFC 5758, and RFC 4055 for RSA */
const ecSchemes: Readonly<Record<string, readonly [hash: string, oid: string]>> = {
  prime256v1: ['sha256', '1.2.840.10045.4.3.2'],
  secp384r1: ['sha384', '1.2.840.10045.4.3.3'],
  secp521r1: ['sha512', '1.2.840.10045.4.3.4'],
};
const sha256WithRsa = '1.2.840.113549.1.1.11';

/** The signing key alone decides; RSA of any size signs with SHA-256. */
function signatureScheme(key: KeyObject): SignatureScheme {
  if (key.asymmetricKeyType === 'rsa') return { hash: 'sha256', algorithm: sequence(objectIdentifier(sha256WithRsa), nullValue()) };
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  const scheme = key.asymmetricKeyType === 'ec' ? ecSchemes[curve] : undefined;
  if (scheme === undefined) {
    throw failure('PKI_KEY_UNSUPPORTED', {
      summary: `a key of type ${key.asymmetricKeyType ?? 'unknown'} ${curve}`.trimEnd() + ' cannot sign certificates here',
      remedy: 'Use an RSA key, or an EC key on P-256, P-384 or P-521.',
    });
  }
  return { hash: scheme[0], algorithm: sequence(objectIdentifier(scheme[1])) };
}
