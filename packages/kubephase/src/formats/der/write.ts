/** Writes ASN.1 values in DER, as far as certificates need them. @see ITU-T X.690 */
import { Tag } from './read.ts';

/** Returns one element: tag, length, and the parts one behind the other. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = header(tag, length);
  const bytes = new Uint8Array(head.length + length);
  bytes.set(head);
  let offset = head.length;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return element(Tag.sequence, ...parts);
}

/** Returns a SET OF: its members sorted by their encoded bytes, shorter first where one begins with the other. */
export function setOf(members: readonly Uint8Array[]): Uint8Array {
  return element(Tag.set, ...members.toSorted(compareBytes));
}

/** Returns a non-negative INTEGER in as few bytes as possible. */
export function integer(value: bigint): Uint8Array {
  const digits = value.toString(16);
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
  // A leading one bit would make the number negative.
  const isPositive = (bytes[0] ?? 0) < 0x80;
  return isPositive ? element(Tag.integer, bytes) : element(Tag.integer, Uint8Array.of(0), bytes);
}

export function boolean(value: boolean): Uint8Array {
  return element(Tag.boolean, Uint8Array.of(value ? 0xff : 0));
}

export function nullValue(): Uint8Array {
  return element(Tag.nullValue);
}

export function octetString(content: Uint8Array): Uint8Array {
  return element(Tag.octetString, content);
}

/** Returns a BIT STRING whose last `unusedBits` bits do not count. */
export function bitString(content: Uint8Array, unusedBits = 0): Uint8Array {
  return element(Tag.bitString, Uint8Array.of(unusedBits), content);
}

/** Returns an OBJECT IDENTIFIER of dotted numbers, such as `2.5.4.3`. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(Tag.objectIdentifier, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** Text of a name: PrintableString when its alphabet is enough, UTF8String otherwise. */
export function directoryString(text: string): Uint8Array {
  const tag = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text) ? Tag.printableString : Tag.utf8String;
  return element(tag, Buffer.from(text, 'utf8'));
}

/** A point in time, whole seconds: UTCTime from 1950 to 2049, GeneralizedTime otherwise. @see RFC 5280, 4.1.2.5 */
export function time(atMs: number): Uint8Array {
  const digits = new Date(atMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:T]/g, '');
  const year = Number(digits.slice(0, 4));
  const isShort = year >= 1950 && year < 2050;
  return isShort ? element(Tag.utcTime, Buffer.from(digits.slice(2))) : element(Tag.generalizedTime, Buffer.from(digits));
}

/** Below zero, zero or above zero as `a` sorts before, with or behind `b`. */
function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

function header(tag: number, length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(tag, length);
  if (length < 0x100) return Uint8Array.of(tag, 0x81, length);
  if (length < 0x10000) return Uint8Array.of(tag, 0x82, length >> 8, length & 0xff);
  return Uint8Array.of(tag, 0x83, length >> 16, (length >> 8) & 0xff, length & 0xff);
}

function base128(number: number): number[] {
  const bytes = [number % 0x80];
  for (let rest = Math.floor(number / 0x80); rest > 0; rest = Math.floor(rest / 0x80)) bytes.unshift((rest % 0x80) + 0x80);
  return bytes;
}
