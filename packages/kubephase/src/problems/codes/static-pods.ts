/** Codes of static Pods, patches and the kubelet's files. */
import type { CodeTable } from './code.ts';

export const staticPodCodes = {
  PATCHES_MISSING: { meaning: 'The folder with patches does not exist, or is not a folder.', exit: 'configuration' },
  PATCH_UNREADABLE: {
    meaning: 'A patch file is not YAML or JSON, or its name asks for a type of patch that does not exist.',
    exit: 'configuration',
  },
  PATCH_NOT_APPLICABLE: {
    meaning: 'A patch does not fit the object that it should change: a list item without its key, a JSON patch whose path or test fails.',
    exit: 'configuration',
  },
  PATCH_CHANGES_KIND: { meaning: 'A patch changes `apiVersion` or `kind`, which would make another object of it.', exit: 'configuration' },
  PATCH_RESULT_INVALID: {
    meaning: 'A field of a patched object has a value of the wrong type, such as a number where text is needed.',
    exit: 'configuration',
  },
  USERS_INVALID: {
    meaning: 'The files of users and groups cannot be read, or hold an entry of a name that kubephase needs with other properties.',
    exit: 'host',
  },
} as const satisfies CodeTable;
