/** Prints JSON as Go's encoder does: `<`, `>` and `&` are escaped, so that the text may stand in HTML. */
import { isMapping, sortedEntries } from '../data/mapping.ts';

export interface JsonStyle {
  /** Blanks per level; 0 puts everything on one line. */
  readonly indent: number;
  /** True for values that are maps in Go: their keys are printed in alphabetical order, at every level. */
  readonly sortKeys: boolean;
}

/** Returns `value`, plain data, without a newline at the end. */
export function printGoJson(value: unknown, style: JsonStyle): string {
  const text = JSON.stringify(value, style.sortKeys ? sorted : undefined, style.indent);
  return text.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function sorted(_key: string, value: unknown): unknown {
  return isMapping(value) ? Object.fromEntries(sortedEntries(value)) : value;
}
