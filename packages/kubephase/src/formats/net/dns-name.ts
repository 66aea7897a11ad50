/** DNS names as Kubernetes takes them: lower case, no trailing dot (RFC 1123). */

const label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const subdomain = new RegExp(`^${label}(\\.${label})*$`);

/** Longest name, in characters. */
const maxLength = 253;

/** The rule as text for messages. */
export const dnsSubdomainRule =
  "lower case letters, digits, '-' and '.', starting and ending with a letter or digit, at most 253 characters (RFC 1123 subdomain, such as node-1.example.com)";

/** Whether `text` is an RFC 1123 subdomain of at most 253 characters. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= maxLength && subdomain.test(text);
}

/** Whether `text` is `*.` followed by a subdomain. */
export function isWildcardDnsSubdomain(text: string): boolean {
  return text.length <= maxLength && text.startsWith('*.') && isDnsSubdomain(text.slice(2));
}
