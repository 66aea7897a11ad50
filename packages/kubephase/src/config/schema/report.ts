/** Words for fields that a document should not have, and for values of another type than their field's. */
import type { FieldPath, Reporter } from '../findings.ts';
import { describeType } from '../../formats/data/type-word.ts';
import { nearestKnown } from '../vocabulary.ts';

/** A document, as far as messages name it. */
export interface NamedDocument {
  /** First word of every path. */
  readonly kind: string;
  readonly apiVersion: string;
}

export interface UnknownField {
  readonly path: FieldPath;
  /** Names of the fields that stand at this place. */
  readonly known: readonly string[];
  /** Where the field exists and what to do, as a sentence. */
  readonly hint?: string | undefined;
}

/** A problem in strict mode, otherwise a warning. */
export function reportUnknownField({ path, known, hint }: UnknownField, document: NamedDocument, reporter: Reporter): void {
  if (reporter.isFull('lenient')) return;
  const name = String(path.at(-1));
  reporter.lenient('CONFIG_UNKNOWN_FIELD', [document.kind, ...path], {
    summary: `${document.kind} (${document.apiVersion}): unknown field "${fieldText(path)}"`,
    detail: knownText(name, known),
    remedy: hint ?? remedyFor(nearestKnown(name, known)),
  });
}

/** A longer list helps nobody. */
const maxListed = 30;

function knownText(name: string, known: readonly string[]): string {
  const sorted = known.toSorted();
  if (sorted.length <= maxListed) return `Known here: ${sorted.join(', ')}.`;
  const similar = sorted.filter((candidate) => candidate.charAt(0).toLowerCase() === name.charAt(0).toLowerCase());
  const among = similar.length === 0 ? '' : `, with the same letter ${similar.slice(0, maxListed).join(', ')}`;
  return `${sorted.length} fields are known here${among}.`;
}

function remedyFor(meant: string | undefined): string {
  return meant === undefined ? 'Remove the field.' : `Did you mean "${meant}"? Otherwise remove the field.`;
}

export interface WrongType {
  /** The schema library's word, or words of our own. */
  readonly expected: string;
  readonly found: unknown;
  /** In place of the usual advice. */
  readonly remedy?: string | undefined;
}

export function reportWrongType(
  path: FieldPath,
  { expected, found, remedy }: WrongType,
  to: { readonly document: NamedDocument; readonly reporter: Reporter },
): void {
  const { kind, apiVersion } = to.document;
  const wanted = typeWords[expected] ?? expected;
  to.reporter.error('CONFIG_WRONG_TYPE', [kind, ...path], {
    summary: `${kind} (${apiVersion}): ${fieldText(path)}: wrong type: expected ${wanted}, found ${describeType(found)}`,
    remedy: remedy ?? usualRemedy(expected, wanted, found),
  });
}

function usualRemedy(expected: string, wanted: string, found: unknown): string {
  if (expected === 'string') return 'Write the value as text, in quotes when it looks like a number or like true, yes or on.';
  return typeof found === 'string' && quoteless.has(expected) ? `Write ${wanted}, without quotes.` : `Write ${wanted}.`;
}

const quoteless: ReadonlySet<string> = new Set(['number', 'boolean']);

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  Object: 'a mapping',
  Array: 'a list',
};

/** `a.b[0].c`. */
export function fieldText(path: FieldPath): string {
  return path.map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : `${index === 0 ? '' : '.'}${segment}`)).join('');
}
