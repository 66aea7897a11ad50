/** Bootstrap tokens: six characters of id, a dot, sixteen characters of secret. */

/** The two halves. Only the id may be shown. */
export interface Token {
  readonly id: string;
  readonly secret: string;
}

const pattern = /^([a-z0-9]{6})\.([a-z0-9]{16})$/;

/** Returns the halves of `text`, or undefined when it is not a token. */
export function parseToken(text: string): Token | undefined {
  const [, id, secret] = pattern.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}
