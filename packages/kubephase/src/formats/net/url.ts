/** The scheme of a URL, read as leniently and as strictly as Go's parser reads it. */

export type UrlScheme = { readonly scheme: string } | { readonly fault: string };

const schemeOnly = /^([a-z][a-z0-9+.-]*):/i;
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u001f\u007f]/;
const badEscape = /%(?![0-9a-f]{2})/i;

/**
 * Returns the scheme in lower case (empty when the text has none), or what keeps the text from being a URL.
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
