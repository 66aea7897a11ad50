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
