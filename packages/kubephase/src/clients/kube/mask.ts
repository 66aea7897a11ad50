/** Takes secrets out of objects that are shown to the user. */
import { maskBootstrapTokens } from '../../problems/secrets.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns `object`, or a patch for an object of that kind, without secrets: the values of a Secret become
 * `<masked, 24 bytes>`, with the size of what they stand for, and bootstrap tokens in any text become `<masked token>`.
 */
export function maskObject(object: Fields, kind: string): Fields {
  const visible = kind === 'Secret' ? { ...object, ...maskedValues(object, 'data'), ...maskedValues(object, 'stringData') } : object;
  return maskTokens(visible) as Fields;
}

function maskedValues(object: Fields, field: 'data' | 'stringData'): Fields {
  const values = object[field];
  if (typeof values !== 'object' || values === null) return {};
  const masked = Object.entries(values).map(([key, value]) => [key, maskValue(value, field === 'data' ? 'base64' : 'utf8')]);
  return { [field]: Object.fromEntries(masked) };
}

function maskValue(value: unknown, encoding: 'base64' | 'utf8'): string {
  return typeof value === 'string' ? `<masked, ${Buffer.byteLength(value, encoding)} bytes>` : '<masked>';
}

function maskTokens(value: unknown): unknown {
  if (typeof value === 'string') return maskBootstrapTokens(value);
  if (Array.isArray(value)) return value.map(maskTokens);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskTokens(item)]));
}
