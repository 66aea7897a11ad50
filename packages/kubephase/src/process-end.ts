/** Ends this process. */
import { constants } from 'node:os';

/** Exit codes that stand for a signal. @see https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html */
const signals = { 130: 'SIGINT', 143: 'SIGTERM' } as const;

/**
 * Returns how this process is ended with an exit code, as it is possible now, whatever is done to `process` later.
 *
 * Node waits in `exit` for its threads, and a thread that makes a large RSA key cannot be stopped: up to 20 s for keys of 4096 bits.
 * There a process that was asked to end by a signal ends by that signal, as programs should that catch it: shells see the same code.
 * The first process of a container cannot be ended by its own signals; it exits. The executable's runtime does not wait.
 * @see https://www.cons.org/cracauer/sigint.html
 */
export function processEnd(): (code: number) => never {
  const exit = process.exit.bind(process);
  const kill = process.kill.bind(process);
  return (code) => {
    const signal = (signals as Readonly<Record<number, (typeof signals)[130 | 143]>>)[code];
    if (signal !== undefined && process.versions['bun'] === undefined) {
      process.removeAllListeners(signal);
      kill(process.pid, constants.signals[signal]);
    }
    return exit(code);
  };
}
