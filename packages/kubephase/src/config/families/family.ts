/** A kind of document that a command reads alone: how it is typed, completed and judged. */
import type { Reporter } from '../findings.ts';
import type { CheckedDocument } from '../schema/check.ts';
import type { Tools } from '../defaults/tools.ts';
import type { Rule, Subject } from '../validate/rule.ts';

/** A document in the form of v1beta4, fields optional. */
export type Given = Readonly<Record<string, unknown>>;

export interface Family<G extends Given, C> {
  readonly kind: string;
  /** Older versions are converted. Undefined when nothing can be made of the document. */
  readonly typed: (document: CheckedDocument, reporter: Reporter) => G | undefined;
  /** Fills in defaults. What cannot be completed is reported and gets a stand-in. */
  readonly complete: (given: G, detectCriSocket: boolean, tools: Tools) => Promise<C>;
  /** What a file may not hold. */
  readonly fileRules: readonly Rule<Subject<G, C>>[];
  /** `fileRules`, and what only counts when the command is run. */
  readonly rules: readonly Rule<Subject<G, C>>[];
}
