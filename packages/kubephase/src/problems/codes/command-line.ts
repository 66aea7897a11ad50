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
  ARGUMENT_MISSING: { meaning: 'The command needs an argument that was not given.', exit: 'usage' },
  COMMAND_FAILED: { meaning: 'The command ended with an error that has no code of its own.', exit: 'failure' },
  STDIN_UNUSABLE: {
    meaning: 'A file was to be read from standard input (`-`), but that is a terminal or closed. Send the file through a pipe or name it.',
    exit: 'usage',
  },
  SETTINGS_UNREADABLE: { meaning: 'The settings file that `KUBEPHASE_SETTINGS` names does not exist or cannot be read.', exit: 'usage' },
  SETTINGS_INVALID: { meaning: 'The settings file is not YAML, or a field of it is unknown or has the wrong form.', exit: 'usage' },
  OUTPUT_FORMAT_UNKNOWN: { meaning: 'The value of `-o` names an output format that does not exist.', exit: 'usage' },
  OUTPUT_TEMPLATE_MISSING: {
    meaning: 'The output format needs a template, or the name of a file with one, behind an equals sign.',
    exit: 'usage',
  },
  OUTPUT_TEMPLATE_UNREADABLE: { meaning: 'The file with the template for the output does not exist or cannot be read.', exit: 'usage' },
  OUTPUT_TEMPLATE_INVALID: { meaning: 'The template for the output breaks the rules of Go templates or of JSONPath.', exit: 'usage' },
  OUTPUT_TEMPLATE_FAILED: {
    meaning: 'The template for the output asks for something that the object does not have, or that makes no sense for its values.',
    exit: 'usage',
  },
} as const satisfies CodeTable;
