/** How commands are called in usage lines, messages and hints. */
import type { Command } from 'commander';
import { lineage } from './options.ts';

/** Words of `command` with the program's name in front: `['tea', 'brew', 'phase']`. */
export function wordsOf(command: Command): readonly string[] {
  return lineage(command)
    .map((each) => each.name())
    .reverse();
}

/** The same on one line. */
export function fullName(command: Command): string {
  return wordsOf(command).join(' ');
}
