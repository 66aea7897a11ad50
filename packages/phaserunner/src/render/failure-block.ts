/** Collects the problems of a run and prints them once, at its end. */
import type { RunEvent } from '../events.ts';
import type { Problem } from '../problems.ts';
import { formatProblems, type ProblemFormat } from './problem.ts';
import type { RunEnd } from './summary.ts';

export interface FailureBlock {
  /** Remembers the problems of phases, for runs whose end does not repeat them. */
  note(event: RunEvent): void;
  /** The problems as text with a final newline; empty when there are none. */
  text(end: RunEnd): string;
}

/** Makes the collector. */
export function createFailureBlock(format: ProblemFormat): FailureBlock {
  const seen: Problem[] = [];
  return {
    note: (event) => {
      if (event.type === 'phase-end') seen.push(...(event.problems ?? []));
    },
    text: (end) => (end.status === 'succeeded' ? '' : formatProblems(end.problems ?? seen, format)),
  };
}
