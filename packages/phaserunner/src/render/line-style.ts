/** Puts a line of the run's story into its final form: `[certs/ca] text`, with colours where wanted. */
import type { Paint } from './colour.ts';
import type { EventLine, LineKind } from './event-lines.ts';

const texts: Readonly<Record<LineKind, (text: string, paint: Paint) => string>> = {
  notice: (text) => text,
  warning: (text, paint) => `${paint('yellow', 'WARNING:')} ${text}`,
  detail: (text, paint) => paint('dim', text),
  failure: (text, paint) => paint('red', text),
};

/** Returns the line without newline; a line without prefix stays as it is, an empty one is only its prefix. */
export function styleLine(line: EventLine, paint: Paint): string {
  const prefix = line.prefix === '' ? '' : paint('dim', `[${line.prefix}]`);
  const parts = [prefix, texts[line.kind](line.text, paint)];
  return parts.filter((part) => part !== '').join(' ');
}
