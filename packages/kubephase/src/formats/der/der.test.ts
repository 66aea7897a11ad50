import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membersOf, readBoolean, readElement, readInteger, readObjectIdentifier, readString, readTime, Tag } from './read.ts';
import {
  bitString,
  boolean,
  directoryString,
  element,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
} from './write.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('writing DER', () => {
  it.each([
    ['zero', integer(0n), '020100'],
    ['127', integer(127n), '02017f'],
    ['a number whose first bit is set', integer(128n), '02020080'],
    ['the largest number of 63 bits', integer(2n ** 63n - 1n), '02087fffffffffffffff'],
    ['true', boolean(true), '0101ff'],
    ['false', boolean(false), '010100'],
    ['nothing', nullValue(), '0500'],
    ['a bit string with unused bits', bitString(Uint8Array.of(0xa4), 2), '030202a4'],
    ['an octet string', octetString(Uint8Array.of(1, 2)), '04020102'],
    ['an empty sequence', sequence(), '3000'],
    ['an identifier', objectIdentifier('2.5.4.3'), '0603550403'],
    ['an identifier with large numbers', objectIdentifier('1.2.840.113549.1.1.11'), '06092a864886f70d01010b'],
    [
      'a name of the plain alphabet',
      directoryString('system:node:a.b-c'),
      hex(element(Tag.printableString, Buffer.from('system:node:a.b-c'))),
    ],
    ['a name with an underscore', directoryString('a_b'), hex(element(Tag.utf8String, Buffer.from('a_b')))],
    ['a name with an asterisk', directoryString('*'), '0c012a'],
    ['a name with an at sign', directoryString('@'), '0c0140'],
    ['a name with an ampersand', directoryString('&'), '0c0126'],
  ])('encodes %s', (_, encoded, expected) => {
    expect(hex(encoded)).toBe(expected);
  });

  it.each([
    [0x7f, '307f'],
    [0x80, '308180'],
    [0xff, '3081ff'],
    [0x100, '30820100'],
    [0x10000, '3083010000'],
  ])('writes a length of %i bytes in its shortest form', (length, start) => {
    expect(hex(sequence(new Uint8Array(length))).startsWith(start)).toBe(true);
  });

  it('sorts the members of a set by their bytes, shorter ones first', () => {
    const encoded = setOf(['zeta', 'alpha', 'mid'].map((text) => directoryString(text)));
    expect(membersOf(readElement(encoded), Tag.set).map(readString)).toEqual(['mid', 'zeta', 'alpha']);
  });

  it.each([
    ['1949-12-31T23:59:59.999Z', Tag.generalizedTime, '19491231235959Z'],
    ['1950-01-01T00:00:00Z', Tag.utcTime, '500101000000Z'],
    ['2026-01-02T03:04:05.999Z', Tag.utcTime, '260102030405Z'],
    ['2049-12-31T23:59:59Z', Tag.utcTime, '491231235959Z'],
    ['2050-01-01T00:00:00Z', Tag.generalizedTime, '20500101000000Z'],
  ])('writes %s in whole seconds and the form of its century', (moment, tag, text) => {
    expect(hex(time(Date.parse(moment)))).toBe(hex(element(tag, Buffer.from(text))));
  });
});

describe('reading DER', () => {
  it('returns the integers that were written', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 200n }), (value) => readInteger(readElement(integer(value))) === value));
  });

  it('returns the moments that were written, cut to seconds', () => {
    const moment = fc.date({ min: new Date('1900-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(fc.property(moment, (date) => readTime(readElement(time(date.getTime()))) === Math.floor(date.getTime() / 1000) * 1000));
  });

  it('returns the identifiers that were written', () => {
    const identifier = fc
      .tuple(fc.nat(2), fc.nat(39), fc.array(fc.nat(2 ** 31), { maxLength: 8 }))
      .map(([root, second, rest]) => [root, second, ...rest].join('.'));
    fc.assert(fc.property(identifier, (dotted) => readObjectIdentifier(readElement(objectIdentifier(dotted))) === dotted));
  });

  it('returns negative integers as negative', () => {
    expect(readInteger(readElement(bytes('0201ff')))).toBe(-1n);
  });

  it.each([
    ['0c02c3a9', 'é'],
    ['1402e961', 'éa'],
    ['1e0400e90061', 'éa'],
  ])('reads the text of string %s', (encoded, text) => {
    expect(readString(readElement(bytes(encoded)))).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['two elements instead of one', '0500 0500'],
    ['content that ends early', '3003 0201'],
    ['no length', '30'],
    ['an open length', '3080 0000'],
    ['a length that could be shorter', '308103 020100'],
    ['a length with a leading zero', '30820003 020100'],
    ['a length that no file has', '3085 0100000000'],
    ['a tag of several bytes', '1f8101 00'],
  ])('refuses %s', (_, encoded) => {
    expect(() => readElement(bytes(encoded))).toThrowError(/DER data holds/);
  });

  it('refuses another type than the expected one', () => {
    expect(() => readBoolean(readElement(integer(1n)))).toThrowError(/tag 1 was expected/);
    expect(() => readInteger(undefined)).toThrowError(/not the end/);
    expect(() => readTime(readElement(element(Tag.utcTime, Buffer.from('2601020304Z'))))).toThrowError(/not in UTC with seconds/);
    expect(() => readTime(readElement(element(Tag.utcTime, Buffer.from('261302030405Z'))))).toThrowError(/no such time/);
  });

  it('never hangs and never throws anything but a problem for random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (random) => {
        try {
          membersOf(readElement(random));
        } catch (error) {
          expect(error).toMatchObject({ problem: { code: 'PKI_UNDECODABLE' } });
        }
      }),
    );
  });
});
