/** Codes of the problems that a command line can have, with their meaning. */
export const usageCodes = {
  COMMAND_UNKNOWN: 'The command or sub-command does not exist.',
  SUBCOMMAND_REQUIRED: 'The command only groups sub-commands; one of them has to be named.',
  FLAG_UNKNOWN: 'The command has no such flag.',
  FLAG_VALUE_INVALID: 'The value of a flag has the wrong form, or is missing.',
  FLAG_CONFLICT: 'Flags were given together that contradict each other.',
  ARGUMENT_UNEXPECTED: 'The command takes fewer arguments.',
  ARGUMENT_MISSING: 'The command needs an argument that was not given.',
  COMMAND_FAILED: 'The command ended with an error that has no code of its own.',
} as const satisfies Readonly<Record<string, string>>;

export type UsageCode = keyof typeof usageCodes;
