/** PEM: blocks of base64 between BEGIN and END lines. @see RFC 7468 */

export interface PemBlock {
  /** Such as `CERTIFICATE`. */
  readonly label: string;
  /** Lines `Name: value` before the data, as old encrypted keys have them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly content: Uint8Array;
}

const block = /^-----BEGIN ([^\n-][^\n]*?)-----[ \t]*\r?\n([\s\S]*?)^-----END \1-----[ \t]*\r?$/gm;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Returns the well-formed blocks in their order. Text between them is ignored, so are blocks that are not base64. */
export function readPem(text: string): readonly PemBlock[] {
  return [...text.matchAll(block)].flatMap(([, label = '', body = '']) => {
    const lines = body.split(/\r?\n/).map((line) => line.trim());
    const headerLines = lines.filter((line) => line.includes(':'));
    const data = lines.filter((line) => !line.includes(':')).join('');
    if (!base64.test(data)) return [];
    return [{ label, headers: Object.fromEntries(headerLines.map(splitHeader)), content: Buffer.from(data, 'base64') }];
  });
}

/** Returns one block: 64 characters a line, no headers, a newline at the end. */
export function writePem(label: string, content: Uint8Array): string {
  const data = Buffer.from(content).toString('base64');
  const lines = data.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function splitHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}
