/** Prints one document for programs, as JSON or YAML. */

export type DocumentFormat = 'json' | 'yaml';

/** JSON of Kubernetes tools is indented by four blanks. */
const jsonIndent = 4;

/** Returns `value` as text with one newline at its end. `value` is plain data. */
export async function printDocument(value: unknown, format: DocumentFormat): Promise<string> {
  if (format === 'json') return `${JSON.stringify(value, undefined, jsonIndent)}\n`;
  const { printYaml } = await import('../formats/yaml/print.ts');
  return printYaml(value);
}
