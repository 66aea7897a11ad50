/** How programs that read the answer are told of a command that fails without a document of its own. */
import type { ProgramOptions } from 'phaserunner/commander';
import { isRetryable } from '../problems/catalogue.ts';
import { documentFormats } from './document-formats.ts';

export const failuresAsData = {
  isRetryable,
  documents: documentFormats,
  document: async () => (await import('../output/run-document.ts')).failureDocument,
} as const satisfies ProgramOptions;
