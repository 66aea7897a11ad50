/** A row of the catalogue. */
import type { ExitCodeName } from '../exit-code.ts';

export interface CodeEntry {
  /** One or two sentences for the reference page: when it is reported and what usually mends it. */
  readonly meaning: string;
  readonly exit: ExitCodeName;
}

export type CodeTable = Readonly<Record<string, CodeEntry>>;
