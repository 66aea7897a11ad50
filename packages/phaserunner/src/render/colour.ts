/** Terminal colours: whether to use them, and a function that applies them. */
import type { Output, RenderIo } from './io.ts';

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
