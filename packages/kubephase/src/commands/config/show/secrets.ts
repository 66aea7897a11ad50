/** Hides the secrets of a configuration document. */
import type { JsonObject, JsonValue } from '../../../config/types.ts';

const hidden = '(hidden)';

/** What is shown in place of a secret, by the name of its field. The first half of a token is public. */
const masks: Readonly<Record<string, (secret: string) => string>> = {
  certificateKey: () => hidden,
  token: maskToken,
  tlsBootstrapToken: maskToken,
};

/** Returns a copy without secrets. A document that is read back with a mask in it is refused. */
export function hideSecrets(document: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, hide(key, value)]));
}

function hide(key: string, value: JsonValue): JsonValue {
  if (typeof value === 'string') return masks[key]?.(value) ?? value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => hide('', item));
  return typeof value === 'object' && value !== null ? hideSecrets(value as JsonObject) : value;
}

function maskToken(token: string): string {
  const [id = ''] = token.split('.');
  return `${id}.${hidden}`;
}
