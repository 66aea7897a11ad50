/** SIGINT and SIGTERM: the first one stops a run in an orderly way, the second one ends the process. */
import { shellText } from './text.ts';

/** The signals that end a run, with the exit codes that shells give them (128 + number). */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

export type EndingSignal = keyof typeof signalExitCodes;

/** The part of `process` that is needed. */
export interface SignalSource {
  on(signal: EndingSignal, handler: (signal: EndingSignal) => void): unknown;
  off(signal: EndingSignal, handler: (signal: EndingSignal) => void): unknown;
  exit(code: number): unknown;
}

/** Who is told of signals. */
export interface SignalListener {
  /** Gets the line that tells the user what happens. */
  readonly atFirst?: (line: string) => void;
  /** Called right before the process is ended, such as to show the cursor again. */
  readonly atSecond?: (signal: EndingSignal) => void;
}

/** What came out, and the signal that asked for the end, if any. */
export interface Interrupted<T> {
  readonly value: T;
  readonly signal?: EndingSignal;
}

/**
 * Calls `run` with an `AbortSignal` that the first SIGINT or SIGTERM aborts. A second signal exits at once with
 * 130 or 143, because a user who asks twice does not want to wait for clean-up. The handlers are gone afterwards.
 */
export async function withSignals<T>(
  source: SignalSource,
  run: (signal: AbortSignal) => Promise<T>,
  listener: SignalListener = {},
): Promise<Interrupted<T>> {
  const controller = new AbortController();
  let first: EndingSignal | undefined;
  const handler = (signal: EndingSignal): void => {
    if (first !== undefined) {
      listener.atSecond?.(signal);
      source.exit(signalExitCodes[signal]);
      return;
    }
    first = signal;
    listener.atFirst?.(shellText.stopping(signal));
    controller.abort(new Error(shellText.interruptedBy(signal)));
  };
  const signals = Object.keys(signalExitCodes) as readonly EndingSignal[];
  for (const signal of signals) source.on(signal, handler);
  try {
    const value = await run(controller.signal);
    return first === undefined ? { value } : { value, signal: first };
  } finally {
    for (const signal of signals) source.off(signal, handler);
  }
}
