/** The Secret that holds a bootstrap token. */
import type { BootstrapToken } from '../config/types.ts';
import { parseToken } from '../formats/bootstrap-token.ts';
import type { ClusterObject } from './cluster-objects/object.ts';

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
