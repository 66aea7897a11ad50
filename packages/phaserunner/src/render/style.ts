/** Terminal colours and signs: whether to use them, and how a line of the run is put into its final form. */
import type { EventLine, LineKind } from './event-lines.ts';
import type { Output, RenderIo } from './renderer.ts';

/** Codes that switch a style on and off again (ECMA-48, "select graphic rendition"). */
const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const satisfies Readonly<Record<string, readonly [number, number]>>;

export type Style = keyof typeof styles;

/** Returns `text` in a style, or unchanged where colours are off. */
export type Paint = (style: Style, text: string) => string;

/** Makes the function that applies styles. */
export function createPaint(enabled: boolean): Paint {
  if (!enabled) return (_style, text) => text;
  return (style, text) => {
    const [on, off] = styles[style];
    return text === '' ? '' : `\u001B[${on}m${text}\u001B[${off}m`;
  };
}

/**
 * Whether `output` gets colours. `FORCE_COLOR` decides first (`0` and `false` mean no), then a non-empty `NO_COLOR`,
 * then `TERM=dumb`, then whether it is a terminal.
 * @see https://no-color.org and https://force-color.org
 */
export function wantsColour(output: Output, environment: RenderIo['environment']): boolean {
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  const refused = environment['NO_COLOR'];
  if (refused !== undefined && refused !== '') return false;
  return output.isTTY === true && environment['TERM'] !== 'dumb';
}

const texts: Readonly<Record<LineKind, (text: string, paint: Paint) => string>> = {
  notice: (text) => text,
  warning: warningLine,
  detail: (text, paint) => paint('dim', text),
  failure: (text, paint) => paint('red', text),
};

/** A text that says itself that it is a warning, such as `[WARNING Swap]: …`, is not marked twice. */
function warningLine(text: string, paint: Paint): string {
  const own = /^\[WARNING[^\]]*\]:?/.exec(text)?.[0];
  return own === undefined ? `${paint('yellow', 'WARNING:')} ${text}` : `${paint('yellow', own)}${text.slice(own.length)}`;
}

/** Returns the line without newline; a line without prefix stays as it is, an empty one is only its prefix. */
export function styleLine(line: EventLine, paint: Paint): string {
  const prefix = line.prefix === '' ? '' : paint('dim', `[${line.prefix}]`);
  const parts = [prefix, texts[line.kind](line.text, paint)];
  return parts.filter((part) => part !== '').join(' ');
}
