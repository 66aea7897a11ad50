/** The extensions of certificates in the order and form that kubeadm gives them. */
import { createHash } from 'node:crypto';
import { contextPrimitive } from '../der/tags.ts';
import { bitString, boolean, element, objectIdentifier, octetString, sequence } from '../der/write.ts';
import { encodeAltNames, type AltNames } from './alt-names.ts';
import { extendedKeyUsageOids, extensionOids, keyUsageBits, type ExtendedKeyUsage, type KeyUsage } from './oids.ts';

/** Extensions of a certificate authority: no limit on the length of chains, no revocation lists. */
export function authorityExtensions(subjectKeyId: Uint8Array, names: AltNames): readonly Uint8Array[] {
  return [
    keyUsage(['digitalSignature', 'keyEncipherment', 'keyCertSign']),
    extension(extensionOids.basicConstraints, sequence(boolean(true)), 'critical'),
    extension(extensionOids.subjectKeyIdentifier, octetString(subjectKeyId)),
    extension(extensionOids.subjectAltName, encodeAltNames(names)),
  ];
}

interface LeafExtensions {
  readonly extendedKeyUsages: readonly ExtendedKeyUsage[];
  /** Of the signer; the extension is left out when the signer's certificate has none. */
  readonly authorityKeyId: Uint8Array | undefined;
  readonly names: AltNames;
}

export function leafExtensions({ extendedKeyUsages, authorityKeyId, names }: LeafExtensions): readonly Uint8Array[] {
  const hasNames = names.dnsNames.length + names.ipAddresses.length > 0;
  return [
    // Also for EC keys, which cannot encipher: clients have got it so for years.
    keyUsage(['digitalSignature', 'keyEncipherment']),
    extension(extensionOids.extendedKeyUsage, sequence(...extendedKeyUsages.map((usage) => objectIdentifier(extendedKeyUsageOids[usage])))),
    extension(extensionOids.basicConstraints, sequence(), 'critical'),
    ...(authorityKeyId === undefined
      ? []
      : [extension(extensionOids.authorityKeyIdentifier, sequence(element(contextPrimitive(0), authorityKeyId)))]),
    ...(hasNames ? [extension(extensionOids.subjectAltName, encodeAltNames(names))] : []),
  ];
}

/** First 20 bytes of SHA-256 over the bits of the public key. @see RFC 7093, method 1 */
export function keyIdentifier(subjectPublicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(subjectPublicKey).digest().subarray(0, 20);
}

function keyUsage(usages: readonly KeyUsage[]): Uint8Array {
  const bits = usages.map((usage) => keyUsageBits[usage]);
  const byte = bits.reduce<number>((sum, bit) => sum | (0x80 >> bit), 0);
  return extension(extensionOids.keyUsage, bitString(Uint8Array.of(byte), 7 - Math.max(...bits)), 'critical');
}

function extension(oid: string, value: Uint8Array, critical?: 'critical'): Uint8Array {
  return sequence(objectIdentifier(oid), ...(critical === undefined ? [] : [boolean(true)]), octetString(value));
}
