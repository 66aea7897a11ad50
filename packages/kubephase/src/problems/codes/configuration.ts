/** Codes of the configuration file and of values given by flags. */
import type { CodeTable } from './code.ts';

export const configurationCodes = {
  CONFIG_UNREADABLE: { meaning: 'The configuration file does not exist or cannot be read.', exit: 'configuration' },
  CONFIG_SYNTAX: { meaning: 'The configuration file is not YAML or JSON.', exit: 'configuration' },
} as const satisfies CodeTable;
