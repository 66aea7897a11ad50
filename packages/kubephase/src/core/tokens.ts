/** Bootstrap tokens (six characters of id, a dot, sixteen characters of secret), and the Secret that holds one. */
import type { BootstrapToken } from '../config/types.ts';
import type { ClusterObject } from './cluster-objects/object.ts';

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

/** Name of the Secret of the token with that id. */
function tokenSecretName(id: string): string {
  return `bootstrap-token-${id}`;
}

/**
 * Returns the Secret for `token`.
 * @param nowMs from which its lifetime counts; milliseconds since 1970-01-01T00:00:00Z
 * @throws TypeError when the token is malformed; the configuration has been validated before
 * @see https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/
 */
export function tokenSecret(token: BootstrapToken, nowMs: number): ClusterObject {
  const parts = parseToken(token.token);
  if (parts === undefined) throw new TypeError('a bootstrap token has to be of the form id.secret');
  const expiration = expirationOf(token, nowMs);
  const texts: Readonly<Record<string, string>> = {
    'token-id': parts.id,
    'token-secret': parts.secret,
    ...(token.description === undefined || token.description === '' ? {} : { description: token.description }),
    ...(expiration === undefined ? {} : { expiration }),
    ...Object.fromEntries(token.usages.map((usage) => [`usage-bootstrap-${usage}`, 'true'])),
    ...(token.groups.length === 0 ? {} : { 'auth-extra-groups': token.groups.join(',') }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'bootstrap.kubernetes.io/token',
    metadata: { name: tokenSecretName(parts.id), namespace: 'kube-system' },
    data: Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, Buffer.from(text).toString('base64')])),
  };
}

/** RFC 3339 in UTC with whole seconds; undefined for a token that never expires. */
function expirationOf(token: BootstrapToken, nowMs: number): string | undefined {
  if (token.expires !== undefined) return formatTime(Date.parse(token.expires));
  if (token.ttlMs === undefined || token.ttlMs <= 0) return undefined;
  return formatTime(nowMs + token.ttlMs);
}

function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
