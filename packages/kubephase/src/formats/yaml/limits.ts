/** Limits for text that other people wrote: anything beyond them is refused before it costs time or memory. */

/** Characters of a text: real configuration files with long lists of arguments and names stay far below. */
export const maxTextLength = 1024 * 1024;

/** Levels of nesting. */
export const maxDepth = 100;

/** Values of one document after its aliases were expanded. */
export const maxValues = 100_000;

/** Documents of one text. */
export const maxDocuments = 100;
