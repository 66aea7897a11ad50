import { generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openssl, opensslMissing } from '../../../test/fixtures/openssl.ts';
import { membersOf, readElement, readObjectIdentifier, readString, Tag } from '../der/read.ts';
import { buildAuthority, buildLeaf, type CertificateTemplate, type LeafTemplate } from './build.ts';
import { parseCertificate, writeCertificate } from './certificate.ts';

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const keys: Readonly<Record<string, KeyObject>> = {
  'RSA-2048': generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
  'P-256': key,
  'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  'P-521': generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey,
};

const authorityTemplate: CertificateTemplate = {
  commonName: 'kubernetes',
  organizations: [],
  serialNumber: 0x7edcba9876543210n,
  notBeforeMs: Date.UTC(2026, 0, 1, 0, 0, 0, 999),
  notAfterMs: Date.UTC(2055, 0, 1),
  names: { dnsNames: ['kubernetes'], ipAddresses: [] },
};

const leafTemplate: LeafTemplate = {
  commonName: 'kube-apiserver',
  organizations: [],
  serialNumber: 1n,
  notBeforeMs: Date.UTC(2026, 0, 1),
  notAfterMs: Date.UTC(2027, 0, 1),
  extendedKeyUsages: ['serverAuth', 'clientAuth'],
  names: { dnsNames: ['*.wild.example.com', 'cp1'], ipAddresses: ['10.96.0.1', '2001:db8::1'] },
};

function authority(signingKey = key): { readonly certificate: ReturnType<typeof parseCertificate>; readonly key: KeyObject } {
  return { certificate: parseCertificate(buildAuthority(authorityTemplate, signingKey)), key: signingKey };
}

/** Identifier, criticality and value of each extension, in order. */
function extensionsOf(der: Uint8Array): readonly string[] {
  const fields = membersOf(membersOf(readElement(der))[0]);
  return membersOf(readElement(fields.at(-1)!.content)).map((extension) => {
    const parts = membersOf(extension);
    return `${readObjectIdentifier(parts[0])}${parts.length === 3 ? ' critical' : ''} ${Buffer.from(parts.at(-1)!.content).toString('hex')}`;
  });
}

/** Types and texts of the parts of a name: each part a list, as a part may have several values. */
function partsOf(name: Uint8Array): readonly (readonly string[])[] {
  return membersOf(readElement(name)).map((part) =>
    membersOf(part, Tag.set).map((attribute) => {
      const [type, value] = [membersOf(attribute).at(0), membersOf(attribute).at(1)!];
      return `${readObjectIdentifier(type)}=${value.tag === Tag.printableString ? 'printable' : 'utf8'}:${readString(value)}`;
    }),
  );
}

describe('the certificate of an authority', () => {
  it('says what its description says', () => {
    const { certificate } = authority();
    expect(certificate).toMatchObject({
      serialNumber: 0x7edcba9876543210n,
      notBeforeMs: Date.UTC(2026, 0, 1),
      notAfterMs: Date.UTC(2055, 0, 1),
      isAuthority: true,
      keyUsages: ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
      extendedKeyUsages: [],
      names: { dnsNames: ['kubernetes'], ipAddresses: [] },
      authorityKeyIdentifier: undefined,
    });
    expect(certificate.subject).toEqual(certificate.issuer);
    expect(certificate.subject.commonName).toBe('kubernetes');
    expect(certificate.subjectKeyIdentifier).toHaveLength(20);
  });

  it('has its extensions in the order and bytes of the profile', () => {
    const { certificate } = authority();
    const keyId = Buffer.from(certificate.subjectKeyIdentifier!).toString('hex');
    expect(extensionsOf(certificate.der)).toEqual([
      '2.5.29.15 critical 030202a4',
      '2.5.29.19 critical 30030101ff',
      `2.5.29.14 0414${keyId}`,
      `2.5.29.17 300c820a${Buffer.from('kubernetes').toString('hex')}`,
    ]);
  });
});

describe('a certificate that an authority signs', () => {
  it('has its extensions in the order and bytes of the profile', () => {
    const signer = authority();
    const keyId = Buffer.from(signer.certificate.subjectKeyIdentifier!).toString('hex');
    const extensions = extensionsOf(buildLeaf(leafTemplate, key, signer));
    expect(extensions.slice(0, 4)).toEqual([
      '2.5.29.15 critical 030205a0',
      '2.5.29.37 301406082b0601050507030106082b06010505070302',
      '2.5.29.19 critical 3000',
      `2.5.29.35 30168014${keyId}`,
    ]);
    expect(extensions).toHaveLength(5);
    expect(extensions[4]).toMatch(/^2\.5\.29\.17 .*87040a6000018710/);
  });

  it('has no alternative names when there are none, and no authority key when the signer has none', () => {
    const signer = authority();
    const bare = { ...signer, certificate: { ...signer.certificate, subjectKeyIdentifier: undefined } };
    const extensions = extensionsOf(buildLeaf({ ...leafTemplate, names: { dnsNames: [], ipAddresses: [] } }, key, bare));
    expect(extensions.map((extension) => extension.split(' ')[0])).toEqual(['2.5.29.15', '2.5.29.37', '2.5.29.19']);
  });

  it('copies the name of its authority byte by byte', () => {
    const signer = authority();
    expect(parseCertificate(buildLeaf(leafTemplate, key, signer)).issuer.der).toEqual(signer.certificate.subject.der);
  });

  it.each([
    ['no organization', [], [['2.5.4.3=printable:kube-apiserver']]],
    ['one organization', ['system:masters'], [['2.5.4.10=printable:system:masters'], ['2.5.4.3=printable:kube-apiserver']]],
    [
      'several organizations in one part, sorted by their encoding',
      ['zeta', 'alpha', 'mid'],
      [['2.5.4.10=printable:mid', '2.5.4.10=printable:zeta', '2.5.4.10=printable:alpha'], ['2.5.4.3=printable:kube-apiserver']],
    ],
    ['an organization outside the plain alphabet', ['a_b'], [['2.5.4.10=utf8:a_b'], ['2.5.4.3=printable:kube-apiserver']]],
  ])('has %s', (_, organizations, expected) => {
    const { subject } = parseCertificate(buildLeaf({ ...leafTemplate, organizations }, key, authority()));
    expect(partsOf(subject.der)).toEqual(expected);
  });

  it.each([
    ['RSA-2048', '06092a864886f70d01010b0500'],
    ['P-256', '06082a8648ce3d040302'],
    ['P-384', '06082a8648ce3d040303'],
    ['P-521', '06082a8648ce3d040304'],
  ])('is signed in the way of a signing key %s, whatever its own key is', (name, algorithm) => {
    const signer = authority(keys[name]);
    const certificate = buildLeaf(leafTemplate, key, signer);
    const parts = membersOf(readElement(certificate));
    const outer = parts.at(1)!;
    expect(Buffer.from(outer.content).toString('hex')).toBe(algorithm);
    expect(membersOf(parts.at(0)).at(2)!.bytes).toEqual(outer.bytes);
    expect(new X509Certificate(certificate).verify(new X509Certificate(signer.certificate.der).publicKey)).toBe(true);
  });

  it('cannot be signed with a key of another kind', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    expect(() => buildLeaf(leafTemplate, key, { ...authority(), key: privateKey })).toThrowError(/ed25519 cannot sign/);
  });

  it('is read by the platform as it was meant', () => {
    const signer = authority();
    const certificate = new X509Certificate(buildLeaf({ ...leafTemplate, organizations: ['b', 'a'] }, key, signer));
    expect(certificate.subject).toMatch(/^O=a ?\+ ?O=b\nCN=kube-apiserver$/);
    expect(certificate.issuer).toBe('CN=kubernetes');
    expect(certificate.subjectAltName).toBe('DNS:*.wild.example.com, DNS:cp1, IP Address:10.96.0.1, IP Address:2001:DB8:0:0:0:0:0:1');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2']);
    expect([certificate.ca, certificate.serialNumber]).toEqual([false, '01']);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.checkIssued(new X509Certificate(signer.certificate.der))).toBe(true);
  });

  it('is parsed back to its description', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/);
    const text = fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' });
    const signer = authority();
    fc.assert(
      fc.property(
        fc.record({
          commonName: text,
          organizations: fc.uniqueArray(text, { maxLength: 4 }),
          serialNumber: fc.bigInt({ min: 1n, max: 2n ** 63n - 2n }),
          dnsNames: fc.array(label, { maxLength: 5 }),
          ipAddresses: fc.array(fc.oneof(fc.ipV4(), fc.constantFrom('::1', '2001:db8::7', 'fd00::1:0:0:2')), { maxLength: 4 }),
        }),
        ({ dnsNames, ipAddresses, ...subject }) => {
          const template = { ...leafTemplate, ...subject, names: { dnsNames, ipAddresses } };
          const parsed = parseCertificate(buildLeaf(template, key, signer));
          expect(parsed).toMatchObject({
            serialNumber: subject.serialNumber,
            notBeforeMs: template.notBeforeMs,
            notAfterMs: template.notAfterMs,
            extendedKeyUsages: template.extendedKeyUsages,
            names: template.names,
            isAuthority: false,
          });
          expect(parsed.subject.commonName).toBe(subject.commonName);
          expect([...parsed.subject.organizations].sort()).toEqual([...subject.organizations].sort());
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe.skipIf(opensslMissing)(`openssl${opensslMissing === undefined ? '' : ` (skipped: ${opensslMissing})`}`, () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubephase-x509-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.keys(keys))('verifies the chain to an authority with a key %s', (name) => {
    const signer = authority(keys[name]);
    const files = { ca: join(folder, 'ca.crt'), leaf: join(folder, 'leaf.crt') };
    writeFileSync(files.ca, writeCertificate(signer.certificate.der));
    writeFileSync(files.leaf, writeCertificate(buildLeaf(leafTemplate, key, signer)));
    const at = String(Date.UTC(2026, 5, 1) / 1000);
    for (const purpose of ['sslserver', 'sslclient']) {
      const verified = openssl(['verify', '-x509_strict', '-attime', at, '-purpose', purpose, '-CAfile', files.ca, files.leaf]);
      expect(verified.text).toContain('leaf.crt: OK');
    }
  });

  it('finds the structure sound', () => {
    const dump = openssl(['asn1parse', '-inform', 'DER'], buildLeaf({ ...leafTemplate, organizations: ['a_b'] }, key, authority()));
    expect(dump.ok).toBe(true);
    expect(dump.text).toMatch(/UTF8STRING\s+:a_b/);
    expect(dump.text).not.toMatch(/error/i);
  });
});
