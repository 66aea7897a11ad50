/** Describes a certificate or key in the form of the conformance data. */
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { child, oidOf, readDer, type DerNode } from './der.ts';

const attributeNames: Readonly<Record<string, string>> = { '2.5.4.3': 'CN', '2.5.4.10': 'O' };
const encodings: Readonly<Record<number, string>> = { 0x13: 'PrintableString', 0x0c: 'UTF8String' };
const extensionNames: Readonly<Record<string, string>> = {
  '2.5.29.15': 'keyUsage',
  '2.5.29.37': 'extendedKeyUsage',
  '2.5.29.19': 'basicConstraints',
  '2.5.29.14': 'subjectKeyIdentifier',
  '2.5.29.35': 'authorityKeyIdentifier',
  '2.5.29.17': 'subjectAltName',
};
const algorithmNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
};
const usageNames: Readonly<Record<string, string>> = { '1.3.6.1.5.5.7.3.1': 'serverAuth', '1.3.6.1.5.5.7.3.2': 'clientAuth' };
const keyUsageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
];
const curveNames: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };

export interface Described {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly x509: X509Certificate;
  readonly subjectKeyIdentifier: string | undefined;
  readonly authorityKeyIdentifier: string | undefined;
}

/** Labels of all PEM blocks in `text`. */
export function pemLabels(text: string): string[] {
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map((match) => match[1] ?? '');
}

/** The fields of a TBSCertificate (RFC 5280, section 4.1) that the data is about. */
interface Body {
  readonly version: DerNode;
  readonly serial: DerNode;
  readonly algorithm: DerNode;
  readonly issuer: DerNode;
  readonly validity: DerNode;
  readonly subject: DerNode;
  readonly extensions: readonly Extension[];
}

interface Extension {
  readonly name: string;
  readonly critical: boolean;
  readonly value: DerNode;
}

function bodyOf(x509: X509Certificate): Body {
  const body = child(readDer(x509.raw), 0);
  const extensions = body.children.find((node) => node.tag === 0xa3);
  return {
    version: child(body, 0),
    serial: child(body, 1),
    algorithm: child(body, 2),
    issuer: child(body, 3),
    validity: child(body, 4),
    subject: child(body, 5),
    extensions: extensions === undefined ? [] : child(extensions, 0).children.map(extension),
  };
}

/** Facts of the first certificate in `pem`, timed from `createdMs`. */
export function describeCertificate(pem: string, createdMs: number): Described {
  const x509 = new X509Certificate(pem);
  const body = bodyOf(x509);
  const extensions = new Map(body.extensions.map(({ name, value }) => [name, value]));
  const authority = extensions.get('authorityKeyIdentifier')?.children.find((node) => node.tag === 0x80);
  return {
    x509,
    subjectKeyIdentifier: extensions.get('subjectKeyIdentifier')?.content.toString('hex'),
    authorityKeyIdentifier: authority?.content.toString('hex'),
    fields: {
      pemLabels: pemLabels(pem),
      version: (child(body.version, 0).content.at(0) ?? 0) + 1,
      serialNumber: { positive: (body.serial.content[0] ?? 0x80) < 0x80, maxBits63: body.serial.content.length <= 8 },
      subject: nameOf(body.subject),
      issuer: nameOf(body.issuer),
      validity: {
        notBeforeSecondsFromCreation: round(timeOf(child(body.validity, 0)) - createdMs, 60),
        notAfterSecondsFromCreation: round(timeOf(child(body.validity, 1)) - createdMs, 3600),
      },
      publicKey: describeKey(x509.publicKey),
      signatureAlgorithm: algorithmNames[oidOf(child(body.algorithm, 0))],
      keyUsage: keyUsage(extensions.get('keyUsage')),
      extendedKeyUsage: childrenOf(extensions.get('extendedKeyUsage')).map((node) => usageNames[oidOf(node)]),
      basicConstraints: basicConstraints(extensions.get('basicConstraints')),
      subjectAltNames: childrenOf(extensions.get('subjectAltName')).map(alternativeName),
      extensionOrder: body.extensions.map(({ name, critical }) => ({ name, critical })),
    },
  };
}

function childrenOf(node: DerNode | undefined): readonly DerNode[] {
  return node?.children ?? [];
}

/** `{type: RSA, bits, exponent}` or `{type: ECDSA, curve}`. */
export function describeKey(key: KeyObject): Readonly<Record<string, unknown>> {
  const details = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') return { type: 'RSA', bits: details.modulusLength, exponent: Number(details.publicExponent) };
  return { type: 'ECDSA', curve: curveNames[details.namedCurve ?? ''] ?? details.namedCurve };
}

/** Facts of a private or public key file. */
export function describeKeyFile(pem: string): Readonly<Record<string, unknown>> {
  const labels = pemLabels(pem);
  const isPrivate = labels.some((label) => label.endsWith('PRIVATE KEY'));
  return isPrivate
    ? { pemLabels: labels, privateKey: describeKey(createPrivateKey(pem)) }
    : { pemLabels: labels, publicKey: describeKey(createPublicKey(pem)) };
}

function extension(node: DerNode): Extension {
  const critical = node.children.length === 3 && child(node, 1).content[0] === 0xff;
  const octets = child(node, node.children.length - 1).content;
  const oid = oidOf(child(node, 0));
  return { name: extensionNames[oid] ?? oid, critical, value: readDer(octets) };
}

function nameOf(name: DerNode): unknown[] {
  return name.children.map((rdn) =>
    rdn.children.map((attribute) => {
      const text = child(attribute, 1);
      const oid = oidOf(child(attribute, 0));
      return { type: attributeNames[oid] ?? oid, value: text.content.toString('utf8'), encoding: encodings[text.tag] ?? String(text.tag) };
    }),
  );
}

/** UTCTime (two-digit year, below 50 is 20xx) or GeneralizedTime. */
export function timeOf(node: DerNode): number {
  const text = node.content.toString('latin1');
  const full = node.tag === 0x17 ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

function round(ms: number, unitSeconds: number): number {
  return Math.round(ms / 1000 / unitSeconds) * unitSeconds;
}

function keyUsage(node: DerNode | undefined): string[] {
  const bits = node === undefined ? 0 : (node.content[1] ?? 0);
  return keyUsageBits.filter((_, index) => (bits & (0x80 >> index)) !== 0);
}

function basicConstraints(node: DerNode | undefined): unknown {
  const [first, second] = node?.children ?? [];
  return { ca: first?.tag === 0x01 && first.content[0] === 0xff, pathLen: second?.tag === 0x02 ? second.content[0] : null };
}

function alternativeName(node: DerNode): string {
  if (node.tag === 0x82) return `DNS:${node.content.toString('latin1')}`;
  return `IP:${node.content.length === 4 ? [...node.content].join('.') : ipv6(node.content)}`;
}

function ipv6(bytes: Buffer): string {
  const words = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16)).join(':');
  return new URL(`http://[${words}]`).hostname.slice(1, -1);
}
