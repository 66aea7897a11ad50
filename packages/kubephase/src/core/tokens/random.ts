/** Makes bootstrap tokens up. */

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Largest multiple of the alphabet's length that a byte can hold: bytes from here on are thrown away to stay uniform. */
const fairBytes = 256 - (256 % alphabet.length);

/**
 * Returns a new token, `id.secret`; every character is drawn independently and uniformly.
 * @param randomBytes returns that many bytes from a cryptographic generator
 */
export function randomToken(randomBytes: (length: number) => Uint8Array): string {
  return `${characters(6, randomBytes)}.${characters(16, randomBytes)}`;
}

function characters(count: number, randomBytes: (length: number) => Uint8Array): string {
  let text = '';
  while (text.length < count) {
    for (const byte of randomBytes(count - text.length)) {
      if (byte < fairBytes) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
