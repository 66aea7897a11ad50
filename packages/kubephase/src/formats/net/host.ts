/** DNS names, `host:port` texts and the schemes of URLs: what is right and wrong with them. */

/** Kubernetes takes names in lower case, without a dot at the end. @see RFC 1123 */
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

interface HostPort {
  /** Without brackets. */
  readonly host: string;
  /** As written; may be empty. */
  readonly port: string;
}

/**
 * Splits `host:port` or `[address]:port`, or returns undefined when the text has no port or several colons outside
 * brackets, as a bare IPv6 address has.
 */
export function splitHostPort(text: string): HostPort | undefined {
  const match = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(text);
  return match === null ? undefined : { host: match[1] ?? match[2] ?? '', port: match[3] ?? '' };
}

/** Whether `text` is a decimal number from 1 to 65535. */
export function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

type UrlScheme = { readonly scheme: string } | { readonly fault: string };

const schemeOnly = /^([a-z][a-z0-9+.-]*):/i;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u001f\u007f]/;
const badEscape = /%(?![0-9a-f]{2})/i;

/**
 * Returns the scheme in lower case (empty when the text has none), or what keeps the text from being a URL; as lenient
 * and as strict as Go's parser.
 * The platform's own `URL` is of no use here: it wants a host where Go does not, and takes escapes that Go refuses.
 */
export function urlScheme(text: string): UrlScheme {
  const scheme = schemeOnly.exec(text)?.[1] ?? '';
  const rest = scheme === '' ? text : text.slice(scheme.length + 1);
  const fault = formFault(text, scheme) ?? authorityFault(/^\/\/([^/?#]*)/.exec(rest)?.[1] ?? '');
  return fault === undefined ? { scheme: scheme.toLowerCase() } : { fault };
}

function formFault(text: string, scheme: string): string | undefined {
  if (control.test(text)) return 'it holds control characters';
  if (text.startsWith(':')) return 'the scheme is missing';
  if (scheme === '' && /^[^/?#]*:/.test(text)) return 'the part before the first colon is not a scheme';
  return badEscape.test(text.replace(/[?#].*$/, '')) ? 'a percent sign is not followed by two hex digits' : undefined;
}

function authorityFault(authority: string): string | undefined {
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (/[\s<>"\\^`{|}]/.test(host)) return 'the host holds characters that a host cannot have';
  if (host.startsWith('[') && !host.includes(']')) return 'the bracket of the host is not closed';
  const port = host.startsWith('[')
    ? host.slice(host.lastIndexOf(']') + 1)
    : host.slice(host.lastIndexOf(':') === -1 ? host.length : host.lastIndexOf(':'));
  return /^(:\d*)?$/.test(port) ? undefined : `the port "${port.replace(/^:/, '')}" is not a number`;
}
