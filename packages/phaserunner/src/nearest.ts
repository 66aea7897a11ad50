/** The candidate that a misspelt word most likely stands for. */

/**
 * Returns the number of single-letter insertions, deletions, replacements and swaps of neighbours between `a` and `b`.
 * @see the "optimal string alignment" distance
 */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const costs = [
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (same ? 0 : 1),
        ...(swapped ? [at(beforePrevious, column - 2) + 1] : []),
      ];
      current.push(Math.min(...costs));
    }
    beforePrevious = previous;
    previous = current;
  }
  return at(previous, b.length);
}

/** What is longer is no misspelt name; and the time that a distance takes grows with the product of the lengths. */
const longestWord = 100;

/**
 * Returns the candidate nearest to `word`, or undefined when none is near or the word has more than 100 characters. Upper and lower case count as equal.
 * @param distance how far two words are apart; by default the edit distance
 */
export function nearest(word: string, candidates: Iterable<string>, distance = editDistance): string | undefined {
  if (word.length > longestWord) return undefined;
  const wanted = word.toLowerCase();
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const found = distance(wanted, candidate.toLowerCase());
    if (found <= tolerance(wanted) && found < (best?.distance ?? Infinity)) best = { candidate, distance: found };
  }
  return best?.candidate;
}

/**
 * How far a spelling of a path is from a path: the edit distance, or less when only the last segments are alike or the
 * path ends in the spelling, as in `boil` for `water/boil` and `cups/clean` for `cup/rinse-clean`.
 */
export function pathDistance(spelled: string, path: string): number {
  const word = lastSegment(spelled);
  const name = lastSegment(path);
  const endsIn = path.endsWith(`/${spelled}`) ? 0.25 : Infinity;
  const nameEndsIn = word !== '' && (name === word || name.endsWith(`-${word}`)) ? 0.75 : Infinity;
  return Math.min(editDistance(spelled, path), endsIn, nameEndsIn, editDistance(word, name) + 0.5, endDistance(word, name) + 0.75);
}

/** How far `word` is from an end of `name` behind a dash, as `proxyy` from `kube-proxy`; infinite when it is not near. */
function endDistance(word: string, name: string): number {
  const ends = name.split('-').map((_part, index, parts) => parts.slice(index).join('-'));
  const distance = Math.min(...ends.slice(1).map((end) => editDistance(word, end)));
  return distance <= tolerance(word) ? distance : Infinity;
}

/** `text` as it can be quoted in a message: whole when it may be a name, else its beginning. */
export function quotable(text: string): string {
  return text.length > longestWord ? `${text.slice(0, quotedLength)}…` : text;
}

const quotedLength = 60;

/** A third of the letters may be wrong, but in a short word not more than one. */
function tolerance(word: string): number {
  return Math.max(1, Math.floor(word.length / 3));
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
