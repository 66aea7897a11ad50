/** Prints data as YAML in the style of Kubernetes tools: sorted keys, list items not indented, one trailing newline. */
import { stringify } from 'yaml';

/**
 * Returns `value` as YAML. Keys are in alphabetical order at every level; keys whose value is undefined are
 * left out; strings that YAML 1.1 would read as another type are quoted, so that Go's reader agrees.
 */
export function printYaml(value: unknown): string {
  return stringify(value, {
    compat: 'yaml-1.1',
    indentSeq: false,
    lineWidth: 0,
    sortMapEntries: true,
    aliasDuplicateObjects: false,
  });
}

/** Joins documents with `---` lines. */
export function printYamlDocuments(values: readonly unknown[]): string {
  return values.map((value) => printYaml(value)).join('---\n');
}
