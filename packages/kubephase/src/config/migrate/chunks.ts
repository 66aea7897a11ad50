/** Puts new texts of documents in the place of the old ones; comments and separators between documents stay. */

export interface NewTexts {
  /** Kind of the document that starts on a line (one-based). */
  readonly kinds: ReadonlyMap<number, string>;
  /** New texts by kind. A kind that no line starts follows the document of the cluster, from which its settings come. */
  readonly texts: ReadonlyMap<string, string>;
}

/** @param text of the whole file; line ends become `\n`, a byte-order mark is dropped */
export function joinChunks(text: string, { kinds, texts }: NewTexts): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const known = new Set(kinds.values());
  const added = [...texts].filter(([kind]) => !known.has(kind)).map(([, newText]) => newText);
  const result: string[] = [];
  let skipping = false;
  for (const [index, line] of lines.entries()) {
    const kind = kinds.get(index + 1);
    const newText = kind === undefined ? undefined : texts.get(kind);
    if (line.startsWith('---')) skipping = false;
    if (newText !== undefined) {
      skipping = true;
      const parts = kind === 'ClusterConfiguration' ? [newText, ...added] : [newText];
      result.push(...parts.join('---\n').replace(/\n$/, '').split('\n'));
    }
    if (!skipping) result.push(line);
  }
  // A document at the end that was written anew took the last line end with it.
  return skipping ? `${result.join('\n')}\n` : result.join('\n');
}
