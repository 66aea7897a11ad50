/** What a line of a log, or the state of a container, says about why a component does not come up. */
import { readLogLine } from './log-line.ts';

/** One row of the tables of causes. */
export interface Cause {
  /** Stable word, such as `address-in-use`. */
  readonly id: string;
  /** Found in lines without their time and place, or in what the runtime says of a container. */
  readonly pattern: RegExp;
  /** What it means: a sentence without its full stop. */
  readonly means: string;
  /** What mends it: whole sentences. */
  readonly remedy: string;
  /** True when waiting cannot mend it: only somebody who changes files or the machine can. */
  readonly final: boolean;
  /** Logged once by a kubelet, it says that this process starts no container any more, though it runs on and calls itself healthy. */
  readonly paralyses?: RegExp;
  /** The only components of which the line tells something; in logs of others it is usual. Default: all. */
  readonly of?: readonly string[];
}

/** A cause and the line that shows it. */
export interface Recognised {
  readonly cause: Cause;
  /** What the line says, without its time and place. */
  readonly line: string;
  /** The line as it was logged: the same fault at another time is another trace. */
  readonly trace: string;
}

/** Returns the cause that stands first in `causes` among those that some line tells, with the last such line. */
export function recognise(lines: readonly string[], causes: readonly Cause[]): Recognised | undefined {
  const texts = lines.map((line) => readLogLine(line).text);
  // Structured lines have the quotes of an error escaped, those of a nested error more than once.
  const plain = texts.map((text) => text.replaceAll(/\\+"/g, '"'));
  for (const cause of causes) {
    const at = plain.findLastIndex((text) => cause.pattern.test(text));
    const [line, trace] = [texts[at], lines[at]];
    if (line !== undefined && trace !== undefined) return { cause, line, trace };
  }
  return undefined;
}
