/** Reads and writes keys as PEM; as lenient about the surroundings as Kubernetes is. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readPem, writePem, type PemBlock } from '../../formats/pem.ts';
import { parseCertificate } from '../../formats/x509/certificate.ts';
import { failure } from '../../problems/catalogue.ts';

type Decoder = (content: Buffer) => KeyObject;

const privateDecoders: Readonly<Record<string, Decoder>> = {
  'EC PRIVATE KEY': (key) => createPrivateKey({ key, format: 'der', type: 'sec1' }),
  'RSA PRIVATE KEY': (key) => createPrivateKey({ key, format: 'der', type: 'pkcs1' }),
  'PRIVATE KEY': (key) => createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
};

const publicDecoders: Readonly<Record<string, Decoder>> = {
  'PUBLIC KEY': (key) => createPublicKey({ key, format: 'der', type: 'spki' }),
  'RSA PUBLIC KEY': (key) => createPublicKey({ key, format: 'der', type: 'pkcs1' }),
  CERTIFICATE: (der) => createPublicKey({ key: Buffer.from(parseCertificate(der).publicKey), format: 'der', type: 'spki' }),
  ...Object.fromEntries(Object.entries(privateDecoders).map(([label, decode]) => [label, (content) => createPublicKey(decode(content))])),
};

/**
 * Returns the first private key in `text`: SEC 1, PKCS#1 or PKCS#8. Other blocks are skipped, such as EC parameters.
 * @throws ProblemError `PKI_UNDECODABLE` when there is none, or when it is neither RSA nor EC
 */
export function readPrivateKey(text: string): KeyObject {
  return readKeys(text, privateDecoders, 'private')[0];
}

/**
 * Returns the public keys of all blocks that have one: public keys, private keys and certificates.
 * @throws ProblemError `PKI_UNDECODABLE` when there is none, or when the first is neither RSA nor EC
 */
export function readPublicKeys(text: string): readonly [KeyObject, ...(readonly KeyObject[])] {
  return readKeys(text, publicDecoders, 'public');
}

function readKeys(
  text: string,
  decoders: Readonly<Record<string, Decoder>>,
  kind: 'private' | 'public',
): readonly [KeyObject, ...(readonly KeyObject[])] {
  const [first, ...rest] = readPem(text).flatMap((block) => decoded(block, decoders[block.label]) ?? []);
  if (first === undefined) throw failure('PKI_UNDECODABLE', { summary: `there is no PEM block with a ${kind} key that is not encrypted` });
  if (first.asymmetricKeyType === 'rsa' || first.asymmetricKeyType === 'ec') return [first, ...rest];
  throw failure('PKI_UNDECODABLE', { summary: `the ${kind} key is of type ${first.asymmetricKeyType}, neither RSA nor EC` });
}

function decoded(block: PemBlock, decode: Decoder | undefined): KeyObject | undefined {
  if (decode === undefined) return undefined;
  try {
    return decode(Buffer.from(block.content));
  } catch {
    // A block that cannot be decoded is skipped like a foreign one; the caller reports when no key is left.
    return undefined;
  }
}

/** Returns a private key in PEM: RSA keys in PKCS#1, EC keys in SEC 1. */
export function privateKeyPem(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return writePem('RSA PRIVATE KEY', key.export({ type: 'pkcs1', format: 'der' }));
  return writePem('EC PRIVATE KEY', key.export({ type: 'sec1', format: 'der' }));
}

/** Returns the public half of a private key in PEM, as SubjectPublicKeyInfo. */
export function publicKeyPem(privateKey: KeyObject): string {
  return writePem('PUBLIC KEY', createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
}
