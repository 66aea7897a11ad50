/** Tells what a file holds that is no text in UTF-8, and what was probably meant when its path is none. */

/** What is wrong and what to do, as sentences. */
interface Mistake {
  readonly detail: string;
  readonly remedy: string;
}

/** Returns undefined for text, whether it is YAML or not. @param text as it was decoded from UTF-8 */
export function foreignContent(text: string): Mistake | undefined {
  const start = text.slice(0, 1000);
  if (/^\uFFFD\uFFFD|^[\n -~]\0[\n -~]\0|^\0[\n -~]\0[\n -~]/.test(start)) {
    return {
      detail: 'It is text in UTF-16.',
      remedy: 'Store the file as UTF-8, for example with iconv -f UTF-16 -t UTF-8 old.yaml > new.yaml.',
    };
  }
  // eslint-disable-next-line no-control-regex -- no text has these
  if (!/[\u0000-\u0008\u000E-\u001A\u001C-\u001F]/.test(start)) return undefined;
  const packed = start.startsWith('\u001F') || start.startsWith('PK');
  return {
    detail: packed ? 'It is compressed.' : 'It is a binary file.',
    remedy: packed ? 'Unpack the file first, and name what comes out.' : 'Name a text file with YAML or JSON documents.',
  };
}

/** The remedy for a path that is a URL; undefined for others. Paths were made absolute before, which drops one of the slashes. */
export function urlRemedy(path: string): string | undefined {
  const [, scheme] = /(?:^|\/)([a-z][a-z0-9+.-]*):\/+[^/]/i.exec(path) ?? [];
  if (scheme === undefined) return undefined;
  if (scheme.toLowerCase() === 'file') return 'Give the path alone, without file://.';
  return 'URLs are not read. Download the file and give its path, or send it through a pipe: curl -fsSL URL, and - in place of the path.';
}
