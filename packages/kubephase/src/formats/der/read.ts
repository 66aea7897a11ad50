/** Reads ASN.1 values in DER, as far as certificates need them; everything malformed is refused. @see ITU-T X.690 */
import { failure } from '../../problems/catalogue.ts';

/** Tag bytes of the ASN.1 types that certificates and requests use. */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nullValue: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Tag byte of a context-specific element that holds other elements, such as `[3]`. */
export function contextConstructed(number: number): number {
  return 0xa0 + number;
}

/** Tag byte of a context-specific element that holds a plain value. */
export function contextPrimitive(number: number): number {
  return 0x80 + number;
}

export interface Element {
  readonly tag: number;
  /** What stands behind the length. */
  readonly content: Uint8Array;
  /** Tag, length and content. */
  readonly bytes: Uint8Array;
}

/**
 * Returns the one element that `bytes` consists of.
 * @throws ProblemError `PKI_UNDECODABLE`, as all functions here
 */
export function readElement(bytes: Uint8Array, tag?: number): Element {
  const [first, ...rest] = readElements(bytes);
  if (first === undefined || rest.length > 0) throw malformed('one element was expected');
  return tag === undefined ? first : expectTag(first, tag);
}

/** Returns the elements that stand one behind the other in `bytes`. */
function readElements(bytes: Uint8Array): readonly Element[] {
  const elements: Element[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const next = elementAt(bytes, offset);
    elements.push(next);
    offset += next.bytes.length;
  }
  return elements;
}

/** Returns the members of a SEQUENCE, SET or constructed context element. */
export function membersOf(parent: Element | undefined, tag: number = Tag.sequence): readonly Element[] {
  return readElements(expectTag(parent, tag).content);
}

/** Returns `found`, which must be there and have this tag. */
export function expectTag(found: Element | undefined, tag: number): Element {
  if (found?.tag !== tag) throw malformed(`an element with tag ${tag} was expected, not ${found?.tag ?? 'the end'}`);
  return found;
}

/** Returns the value of an INTEGER, negative ones included. */
export function readInteger(found: Element | undefined): bigint {
  const { content } = expectTag(found, Tag.integer);
  if (content.length === 0) throw malformed('an empty integer');
  return BigInt.asIntN(content.length * 8, BigInt(`0x${Buffer.from(content).toString('hex')}`));
}

export function readBoolean(found: Element | undefined): boolean {
  return expectTag(found, Tag.boolean).content.some((byte) => byte !== 0);
}

/** Returns the bytes of a BIT STRING. */
export function readBitString(found: Element | undefined): Uint8Array {
  const { content } = expectTag(found, Tag.bitString);
  if (content.length === 0) throw malformed('an empty bit string');
  return content.subarray(1);
}

/** Returns an OBJECT IDENTIFIER as dotted numbers. */
export function readObjectIdentifier(found: Element | undefined): string {
  const { content } = expectTag(found, Tag.objectIdentifier);
  const numbers: number[] = [];
  let number = 0;
  for (const byte of content) {
    number = number * 0x80 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  const [first = 0, ...rest] = numbers;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

/** Returns the text of any of the string types. */
export function readString(found: Element): string {
  const bytes = Buffer.from(found.content);
  if (found.tag === Tag.bmpString) return bytes.swap16().toString('utf16le');
  return bytes.toString(found.tag === Tag.utf8String ? 'utf8' : 'latin1');
}

/** Returns UTCTime or GeneralizedTime as milliseconds since 1970-01-01T00:00:00Z. */
export function readTime(found: Element | undefined): number {
  const text = Buffer.from(found?.content ?? []).toString('latin1');
  const isShort = found?.tag === Tag.utcTime;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(isShort ? century(text) + text : text);
  if (match === null || (!isShort && found?.tag !== Tag.generalizedTime)) throw malformed('a time that is not in UTC with seconds');
  const [, year, month, day, hour, minute, second] = match;
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(atMs)) throw malformed(`no such time: ${text}`);
  return atMs;
}

function century(text: string): string {
  return Number(text.slice(0, 2)) >= 50 ? '19' : '20';
}

function elementAt(bytes: Uint8Array, offset: number): Element {
  const tag = bytes[offset] ?? 0;
  if ((tag & 0x1f) === 0x1f) throw malformed('a tag of several bytes');
  const { length, size } = lengthAt(bytes, offset + 1);
  const start = offset + 1 + size;
  const end = start + length;
  if (end > bytes.length) throw malformed('an element that is longer than its surroundings');
  return { tag, content: bytes.subarray(start, end), bytes: bytes.subarray(offset, end) };
}

function lengthAt(bytes: Uint8Array, offset: number): { readonly length: number; readonly size: number } {
  const first = bytes[offset];
  if (first === undefined || first === 0x80) throw malformed('an element without a length');
  if (first < 0x80) return { length: first, size: 1 };
  const count = first - 0x80;
  const digits = bytes.subarray(offset + 1, offset + 1 + count);
  if (count > 4 || digits.length < count) throw malformed('a length that cannot be');
  const length = digits.reduce((sum, byte) => sum * 0x100 + byte, 0);
  if (length < 0x80 || digits[0] === 0) throw malformed('a length that is not in its shortest form');
  return { length, size: 1 + count };
}

function malformed(what: string): Error {
  return failure('PKI_UNDECODABLE', { summary: `the DER data holds ${what}` });
}
