/** Bootstrap tokens: six characters of id, a dot, sixteen characters of secret. @see https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/ */

/** The two halves. Only the id may be shown. */
interface Token {
  readonly id: string;
  readonly secret: string;
}

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';
const pattern = /^([a-z0-9]{6})\.([a-z0-9]{16})$/;

/** Largest multiple of the alphabet's length that a byte can hold: bytes from here on are thrown away to stay uniform. */
const fairBytes = 256 - (256 % alphabet.length);

/** Returns the halves of `text`, or undefined when it is not a token. */
export function parseToken(text: string): Token | undefined {
  const [, id, secret] = pattern.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/**
 * Returns a new token, `id.secret`; every character is drawn independently and uniformly.
 * @param randomBytes returns that many bytes from a cryptographic generator
 */
export function generateToken(randomBytes: (length: number) => Uint8Array): string {
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
