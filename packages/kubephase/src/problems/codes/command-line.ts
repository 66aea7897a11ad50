/** Codes of the command line. */
import type { CodeTable } from './code.ts';

export const commandLineCodes = {
  COMMAND_UNKNOWN: { meaning: 'The command or sub-command does not exist.', exit: 'usage' },
  SUBCOMMAND_REQUIRED: { meaning: 'The command only groups sub-commands; one of them has to be named.', exit: 'usage' },
  FLAG_UNKNOWN: { meaning: 'The command has no such flag.', exit: 'usage' },
  FLAG_VALUE_INVALID: { meaning: 'The value of a flag has the wrong form, or is missing.', exit: 'usage' },
  FLAG_CONFLICT: {
    meaning: 'Flags were given together that contradict each other, such as `--config` and a flag for a field of the file.',
    exit: 'usage',
  },
  ARGUMENT_UNEXPECTED: { meaning: 'The command takes fewer arguments.', exit: 'usage' },
} as const satisfies CodeTable;
