import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { EncryptionAlgorithm } from '../../config/types.ts';
import { openssl, opensslMissing } from '../../../test/fixtures/openssl.ts';
import { readPem, writePem } from '../../formats/pem.ts';
import { privateKeyPem, publicKeyPem, readPrivateKey, readPublicKeys } from './pem.ts';
import { createKeySupply, generateKey } from './supply.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const ec = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const pkcs8 = (key: typeof rsa): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const parameters = writePem('EC PARAMETERS', Uint8Array.of(5, 0));

describe('a new key', () => {
  it.each<[EncryptionAlgorithm, string, object]>([
    ['RSA-2048', 'rsa', { modulusLength: 2048, publicExponent: 65_537n }],
    ['RSA-3072', 'rsa', { modulusLength: 3072, publicExponent: 65_537n }],
    ['ECDSA-P256', 'ec', { namedCurve: 'prime256v1' }],
    ['ECDSA-P384', 'ec', { namedCurve: 'secp384r1' }],
  ])('of algorithm %s has its parameters', async (algorithm, type, details) => {
    const key = await generateKey(algorithm);
    expect(key.asymmetricKeyType).toBe(type);
    expect(key.asymmetricKeyDetails).toMatchObject(details);
  });
});

describe('a key in PEM', () => {
  it.each([
    ['RSA', rsa, 'RSA PRIVATE KEY'],
    ['EC', ec, 'EC PRIVATE KEY'],
  ])('of kind %s has the label of its kind and is read back', (_, key, label) => {
    const text = privateKeyPem(key);
    expect(readPem(text).map((block) => block.label)).toEqual([label]);
    expect(readPrivateKey(text).equals(key)).toBe(true);
    expect(readPem(publicKeyPem(key)).map((block) => block.label)).toEqual(['PUBLIC KEY']);
    expect(readPublicKeys(publicKeyPem(key))[0].equals(createPublicKey(key))).toBe(true);
  });

  it.skipIf(opensslMissing)('is accepted by openssl', () => {
    expect(openssl(['rsa', '-check', '-noout'], privateKeyPem(rsa)).text).toMatch(/RSA key ok/);
    const text = openssl(['ec', '-text', '-noout', '-check'], privateKeyPem(ec)).text;
    expect(text).toMatch(/EC Key valid/);
    expect(text).toMatch(/secp384r1/);
  });

  it.each([
    ['PKCS#8 with an RSA key', pkcs8(rsa), rsa],
    ['PKCS#8 with an EC key', pkcs8(ec), ec],
    ['EC parameters before the key', parameters + privateKeyPem(ec), ec],
    ['text and certificates around it', `note\n${writePem('CERTIFICATE', Uint8Array.of(1))}${privateKeyPem(rsa)}`, rsa],
    ['a block that cannot be decoded before it', writePem('RSA PRIVATE KEY', Uint8Array.of(1, 2)) + privateKeyPem(ec), ec],
    ['several keys', privateKeyPem(ec) + privateKeyPem(rsa), ec],
  ])('is found in %s', (_, text, key) => {
    expect(readPrivateKey(text).equals(key)).toBe(true);
  });

  it.each([
    ['an empty file', '', /no PEM block with a private key/],
    ['a public key', publicKeyPem(rsa), /no PEM block with a private key/],
    ['an encrypted key', rsa.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString(), /not encrypted/],
    ['an Ed25519 key', pkcs8(ed25519), /ed25519, neither RSA nor EC/],
  ])('is not found in %s', (_, text, message) => {
    expect(() => readPrivateKey(text)).toThrowError(message);
  });

  it('gives all public keys of a file, whatever they are wrapped in', () => {
    const keys = readPublicKeys(publicKeyPem(rsa) + privateKeyPem(ec) + pkcs8(rsa));
    expect(keys.map((key) => [key.type, key.asymmetricKeyType])).toEqual([
      ['public', 'rsa'],
      ['public', 'ec'],
      ['public', 'rsa'],
    ]);
  });
});

describe('a key supply', () => {
  it('gives each reserved key out once', async () => {
    const supply = createKeySupply();
    supply.reserve('certs/ca', 'ECDSA-P256');
    supply.reserve('certs/ca', 'ECDSA-P256');
    const [first, second] = await Promise.all([supply.take('certs/ca', 'ECDSA-P256'), supply.take('certs/ca', 'ECDSA-P256')]);
    expect(first.equals(second)).toBe(false);
  });

  it('makes none before the first one is taken, and then all that are reserved', async () => {
    const made: string[] = [];
    const supply = createKeySupply((algorithm) => {
      made.push(algorithm);
      return generateKey('ECDSA-P256');
    });
    supply.reserve('certs/ca', 'RSA-4096');
    supply.reserve('certs/sa', 'RSA-3072');
    expect(made).toEqual([]);
    await supply.take('certs/sa', 'RSA-3072');
    expect(made).toEqual(['RSA-4096', 'RSA-3072']);
    await supply.take('certs/ca', 'RSA-4096');
    expect(made).toHaveLength(2);
  });

  it('makes keys that nobody reserved, in the algorithm that is asked for', async () => {
    const supply = createKeySupply();
    supply.reserve('certs/ca', 'ECDSA-P256');
    expect((await supply.take('certs/ca', 'ECDSA-P384')).asymmetricKeyDetails).toMatchObject({ namedCurve: 'secp384r1' });
  });

  it.each(['before', 'while'])('stops waiting for a key when the run is cancelled %s it is made', async (when) => {
    const supply = createKeySupply();
    const run = new AbortController();
    if (when === 'before') run.abort(new Error('stop'));
    const key = supply.take('certs/ca', 'RSA-4096', run.signal);
    run.abort(new Error('stop'));
    await expect(key).rejects.toThrow('stop');
  });
});
