/** Makes text of any origin safe to print: one array element a line, no control characters. */

// Everything that a terminal may act on: C0 without line feed, DEL, C1. Messages can quote servers and files.
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/gu;

/** Lines of `text` without trailing empty ones; at least one. Tabs become blanks, control characters `\xNN`. */
export function textLines(text: string): readonly string[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines.map(visible);
}

/** `text` on one line. */
export function oneLine(text: string): string {
  return textLines(text).join(' ');
}

function visible(line: string): string {
  return line.replace(controls, (control) => {
    if (control === '\t') return '    ';
    return `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
