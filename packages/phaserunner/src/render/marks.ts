/** The signs of the live tree, for terminals with Unicode and for all others. */
import type { RenderIo } from './renderer.ts';
import type { NodeStatus } from './tree-model.ts';

export interface Marks {
  /** By status; `running` is drawn by `spinner`. */
  readonly status: Readonly<Record<Exclude<NodeStatus, 'running'>, string>>;
  readonly spinner: readonly string[];
  readonly ellipsis: string;
  readonly barDone: string;
  readonly barOpen: string;
}

const unicode: Marks = {
  status: { waiting: '·', succeeded: '✔', skipped: '○', failed: '✖', cancelled: '■' },
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  ellipsis: '…',
  barDone: '━',
  barOpen: '┄',
};

const ascii: Marks = {
  status: { waiting: '.', succeeded: '+', skipped: 'o', failed: 'x', cancelled: '!' },
  spinner: ['|', '/', '-', '\\'],
  ellipsis: '...',
  barDone: '#',
  barOpen: '-',
};

/** Unicode where the locale is UTF-8; the Linux console has it but lacks the signs in its font. */
export function chooseMarks(environment: RenderIo['environment']): Marks {
  const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find((name) => name !== undefined && name !== '');
  const isUtf8 = /utf-?8/iu.test(locale ?? '');
  return isUtf8 && environment['TERM'] !== 'linux' ? unicode : ascii;
}
