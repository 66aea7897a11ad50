/** Codes of the machine: files, services, users. */
import type { CodeTable } from './code.ts';

export const hostCodes = {
  FILE_UNREADABLE: { meaning: 'A file exists but cannot be read.', exit: 'host' },
  FILE_UNWRITABLE: {
    meaning: 'A file or directory cannot be created or replaced; usually missing permissions or a read-only file system.',
    exit: 'host',
  },
} as const satisfies CodeTable;
