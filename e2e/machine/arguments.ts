/** What the process table shows to everybody while programs run. */
import { readdirSync, readFileSync } from 'node:fs';

export interface ArgumentWatch {
  /** The arguments of every process that was seen, joined by blanks. */
  readonly seen: ReadonlySet<string>;
  readonly stop: () => void;
}

const intervalMs = 50;

/** Looks at all processes of this machine, those of nodes included, until it is stopped. */
export function watchArguments(): ArgumentWatch {
  const seen = new Set<string>();
  const timer = setInterval(() => {
    for (const entry of readdirSync('/proc')) if (/^\d+$/.test(entry)) seen.add(argumentsOf(entry));
  }, intervalMs);
  return { seen, stop: () => clearInterval(timer) };
}

function argumentsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    // It ended meanwhile.
    return '';
  }
}
