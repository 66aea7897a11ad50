/** Comma separated items as Go's CSV reader takes them from a flag: `a,"b,c"` are two items. */

/** One item; `quoted` tells that it stood in quotes. */
export interface CsvItem {
  readonly text: string;
  readonly quoted: boolean;
}

// A quoted item doubles its inner quotes; an unquoted one holds none.
const item = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

/**
 * Returns the items of `text`, none for the empty text. Blanks belong to the items.
 * Undefined when a quote is not closed or stands inside an unquoted item.
 * @see RFC 4180, sections 2.5 to 2.7
 */
export function parseCsv(text: string): readonly CsvItem[] | undefined {
  if (text === '') return [];
  const items: CsvItem[] = [];
  item.lastIndex = 0;
  for (;;) {
    const match = item.exec(text);
    if (match === null) return undefined;
    const [, quoted, plain = '', end] = match;
    items.push(quoted === undefined ? { text: plain, quoted: false } : { text: quoted.replaceAll('""', '"'), quoted: true });
    if (end === '') return items;
  }
}
