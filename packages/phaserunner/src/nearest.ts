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

/**
 * Returns the candidate nearest to `word`, or undefined when none is near. Upper and lower case count as equal.
 * @param distance how far two words are apart; by default the edit distance
 */
export function nearest(word: string, candidates: Iterable<string>, distance = editDistance): string | undefined {
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
  return Math.min(editDistance(spelled, path), endsIn, nameEndsIn, editDistance(word, name) + 0.5);
}

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
