import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { writePem } from '../pem.ts';
import { buildAuthority } from './build.ts';
import { readCertificates, writeCertificate } from './certificate.ts';

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const [first, second] = ['one', 'two'].map((commonName) => {
  const template = {
    commonName,
    organizations: [],
    serialNumber: 1n,
    notBeforeMs: 0,
    notAfterMs: 0,
    names: { dnsNames: [], ipAddresses: [] },
  };
  return writeCertificate(buildAuthority(template, key));
}) as [string, string];
const foreign = writePem('EC PARAMETERS', Uint8Array.of(5, 0));

describe('a file of certificates', () => {
  it.each([
    ['one certificate', first, ['one']],
    ['a certificate and an intermediate', first + second, ['one', 'two']],
    ['blocks of other kinds before it', foreign + first, ['one']],
    ['text around it', `subject: x\n${first}\ntrailing`, ['one']],
    ['a block with headers before it', first.replace('-----\n', '-----\nNote: x\n\n') + second, ['two']],
  ])('gives, for %s, the certificates in order', (_, text, names) => {
    expect(readCertificates(text).map(({ subject }) => subject.commonName)).toEqual(names);
  });

  it.each([
    ['an empty file', '', /no PEM block CERTIFICATE/],
    ['a file without certificates', foreign, /no PEM block CERTIFICATE/],
    ['a certificate that cannot be decoded', writePem('CERTIFICATE', Uint8Array.of(0x30, 0x05)), /DER data holds/],
    ['an intermediate that cannot be decoded', first + writePem('CERTIFICATE', Uint8Array.of(0x30, 0x00)), /DER data holds/],
  ])('refuses %s', (_, text, message) => {
    expect(() => readCertificates(text)).toThrowError(message);
  });

  it('refuses a certificate cut anywhere', () => {
    const whole = Buffer.from(first.replaceAll(/-----.*-----|\n/g, ''), 'base64');
    for (let length = 0; length < whole.length; length += 7) {
      expect(() => readCertificates(writePem('CERTIFICATE', whole.subarray(0, length)))).toThrowError();
    }
  });
});
