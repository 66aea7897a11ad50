/** Codes of the machine: files, services, users. */
import type { CodeTable } from './code.ts';

export const hostCodes = {
  FILE_UNREADABLE: { meaning: 'A file exists but cannot be read.', exit: 'host' },
  FILE_UNWRITABLE: {
    meaning: 'A file or directory cannot be created or replaced; usually missing permissions or a read-only file system.',
    exit: 'host',
  },
  FILE_NO_SPACE: {
    meaning: 'The disk, or the quota of the user, has no room left for a file. The file that was there is untouched.',
    exit: 'host',
  },
  FILE_NOT_STAGED: {
    meaning: 'A file left by an interrupted run was to be put into place, but it is no longer there.',
    exit: 'host',
  },
  PATH_NOT_ABSOLUTE: { meaning: 'A path does not start with a slash where only an absolute one has a meaning.', exit: 'usage' },
  ROOTFS_INVALID: { meaning: 'The directory given with --rootfs does not exist, is not a directory or cannot be entered.', exit: 'usage' },
  DRY_RUN_DIRECTORY_IN_USE: {
    meaning: 'The directory chosen for the files of a dry run is one that a real run writes to. Choose another one.',
    exit: 'usage',
  },
  SERVICE_MANAGER_MISSING: {
    meaning: 'A service was to be stopped or started, but neither systemd nor OpenRC was found, or OpenRC lacks one of its programs.',
    exit: 'host',
  },
  COMMAND_FAILED: { meaning: 'A program that kubephase called could not be started or reported an error.', exit: 'host' },
  COMMAND_TIMED_OUT: { meaning: 'A program that kubephase called did not end in time and was stopped.', exit: 'timeout' },
  NAME_NOT_FOUND: {
    meaning: 'A host name has no address in the hosts file or the DNS, or no name server answered in time.',
    exit: 'host',
  },
  UNMOUNT_FAILED: { meaning: 'A file system could not be unmounted; usually a process still uses it.', exit: 'host' },
} as const satisfies CodeTable;
