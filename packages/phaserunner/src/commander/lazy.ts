/** Builds parts of a command only when the command line names it: most invocations need one command of many. */
import type { Command } from 'commander';

/** Completes a command; `rest` are the words behind it on the command line. */
export type Build = (rest: readonly string[]) => void | Promise<void>;

const waiting = new WeakMap<Command, readonly Build[]>();

/**
 * Has `build` called once, when `runProgram` finds that the command line names `command`, before flags are read and
 * before its help is made. Flags, sub-commands and the action can be added there, from modules loaded there.
 */
export function whenReached(command: Command, build: Build): void {
  waiting.set(command, [...(waiting.get(command) ?? []), build]);
}

/** Completes `command`. Builders may register further ones. */
export async function reach(command: Command, rest: readonly string[]): Promise<void> {
  for (let builds = waiting.get(command); builds !== undefined; builds = waiting.get(command)) {
    waiting.delete(command);
    for (const build of builds) await build(rest);
  }
}
