/** Prints data: one document for programs, as JSON or YAML, or a table for people, as kubeadm lays it out. */

export type DocumentFormat = 'json' | 'yaml';

/** JSON of Kubernetes tools is indented by four blanks. */
const jsonIndent = 4;

/** Returns `value` as text with one newline at its end. `value` is plain data. */
export async function printDocument(value: unknown, format: DocumentFormat): Promise<string> {
  if (format === 'json') return `${(await import('phaserunner/render')).jsonText(value, jsonIndent)}\n`;
  const { printYaml } = await import('../formats/yaml/print.ts');
  return printYaml(value);
}

/** Blanks between the longest cell of a column and the next column. */
const gap = 3;
/** With the gap. */
const minColumnWidth = 10;

/**
 * Returns the rows as lines, with one newline at the end. All cells but the last of a row are padded to the width of their
 * column: its longest cell and three blanks, together at least ten characters. The last cell is printed as it is.
 * @see https://pkg.go.dev/text/tabwriter
 */
export function printTable(rows: readonly (readonly string[])[]): string {
  const widths = columnWidths(rows);
  return rows
    .map((row) => row.map((cell, column) => (column === row.length - 1 ? cell : pad(cell, widths[column] ?? 0))).join(''))
    .map((line) => `${line}\n`)
    .join('');
}

function columnWidths(rows: readonly (readonly string[])[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.slice(0, -1).entries()) {
      widths[column] = Math.max(widths[column] ?? minColumnWidth, lengthOf(cell) + gap);
    }
  }
  return widths;
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(width - lengthOf(cell));
}

/** Characters, not UTF-16 units. */
function lengthOf(cell: string): number {
  return Array.from(cell).length;
}
