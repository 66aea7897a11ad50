/** Problems that do not stop anything, on one line. */
import type { Problem } from 'phaserunner';

/** Place, what is questionable, and what to do about it. */
export function warningText({ summary, where, remedy }: Problem): string {
  const place =
    where?.file === undefined ? where?.object : [where.file, where.line, where.column].filter((part) => part !== undefined).join(':');
  const fact = place === undefined ? summary : `${place}: ${summary}`;
  return remedy === undefined ? fact : `${fact}. ${remedy}`;
}
