import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildAuthority, buildLeaf, type Signer } from './build.ts';
import { parseCertificate, publicKeyPin, type Certificate } from './certificate.ts';
import { belongsTo, isInPeriod, leadsToAuthority } from './verify.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 0, 1);
const noNames = { dnsNames: [], ipAddresses: [] };

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

function authority(commonName: string, key = newKey()): Signer {
  const template = {
    commonName,
    organizations: [],
    serialNumber: 1n,
    notBeforeMs: startMs,
    notAfterMs: startMs + 10 * dayMs,
    names: noNames,
  };
  return { certificate: parseCertificate(buildAuthority(template, key)), key };
}

function leaf(signer: Signer, key = newKey()): Certificate {
  const template = {
    commonName: 'leaf',
    organizations: [],
    serialNumber: 2n,
    notBeforeMs: startMs,
    notAfterMs: startMs + dayMs,
    names: noNames,
    extendedKeyUsages: ['clientAuth'] as const,
  };
  return parseCertificate(buildLeaf(template, key, signer));
}

/** An authority's key under the name of `below`, signed by `above`: the same certificate, but with the CA flag. */
function intermediate(above: Signer, commonName: string): Signer {
  const below = authority(commonName);
  const bridge = leaf(above, below.key);
  return { key: below.key, certificate: { ...bridge, isAuthority: true, subject: below.certificate.subject } };
}

describe('a chain', () => {
  const root = authority('root');
  const other = authority('other');
  const impostor = authority('root');
  const middle = intermediate(root, 'middle');
  const atMs = startMs + 1000;

  it.each([
    ['a leaf signed by the authority', { leaf: leaf(root), intermediates: [], authority: root.certificate }, true],
    ['the authority itself', { leaf: root.certificate, intermediates: [], authority: root.certificate }, true],
    ['a leaf signed by another authority', { leaf: leaf(other), intermediates: [], authority: root.certificate }, false],
    [
      'a leaf signed by another authority of the same name',
      { leaf: leaf(impostor), intermediates: [], authority: root.certificate },
      false,
    ],
    [
      'a leaf below an intermediate that is given',
      { leaf: leaf(middle), intermediates: [middle.certificate], authority: root.certificate },
      true,
    ],
    ['a leaf below an intermediate that is not given', { leaf: leaf(middle), intermediates: [], authority: root.certificate }, false],
    [
      'a leaf below an intermediate without the CA flag',
      { leaf: leaf(middle), intermediates: [{ ...middle.certificate, isAuthority: false }], authority: root.certificate },
      false,
    ],
    [
      'a leaf below an intermediate that has expired',
      { leaf: leaf(middle), intermediates: [{ ...middle.certificate, notAfterMs: startMs - dayMs }], authority: root.certificate },
      false,
    ],
    [
      'unrelated intermediates',
      { leaf: leaf(root), intermediates: [other.certificate, middle.certificate], authority: root.certificate },
      true,
    ],
    [
      'an authority without the CA flag',
      { leaf: leaf(root), intermediates: [], authority: { ...root.certificate, isAuthority: false } },
      false,
    ],
  ])('from %s holds or breaks as it should', (_, chain, holds) => {
    expect(leadsToAuthority({ ...chain, atMs })).toBe(holds);
  });
});

describe('a period', () => {
  const { certificate } = authority('root');
  it.each([
    [startMs - 1, false],
    [startMs, true],
    [startMs + 10 * dayMs + 999, true],
    [startMs + 10 * dayMs + 1000, false],
  ])('counts at %i: %s', (atMs, inside) => {
    expect(isInPeriod(certificate, atMs)).toBe(inside);
  });
});

describe('a key', () => {
  it('belongs to the certificate with its public half only', () => {
    const root = authority('root');
    expect(belongsTo(root.certificate, root.key)).toBe(true);
    expect(belongsTo(root.certificate, newKey())).toBe(false);
  });

  it('has a pin of 64 hex digits that only depends on the key', () => {
    const key = newKey();
    const pin = publicKeyPin(authority('one', key).certificate);
    expect(pin).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(publicKeyPin(authority('two', key).certificate)).toBe(pin);
    expect(publicKeyPin(authority('one').certificate)).not.toBe(pin);
  });
});
