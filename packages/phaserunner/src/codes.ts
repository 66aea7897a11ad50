/** Every code that the engine itself can report, with its meaning. */
export const engineCodes = {
  WORKFLOW_INVALID: 'A workflow is put together wrongly: duplicate names, unknown needs, malformed phases.',
  PHASE_UNKNOWN: 'A phase was named that the workflow does not have.',
  PHASE_AMBIGUOUS: 'A phase was named by a word that several paths end in; the full path is needed.',
  SELECTION_CONFLICT: 'The parts of a selection exclude each other, such as a start behind the end.',
  SELECTION_EMPTY: 'The parts of a selection leave no phase to run.',
  PHASE_NEEDS_MISSING: 'A selected phase needs another one that is not selected and whose result is not there.',
  PHASE_FAILED: 'The work of a phase failed.',
  PHASE_TIMED_OUT: 'A phase took longer than its timeout.',
  RUN_CANCELLED: 'The run was stopped from outside.',
  EXTRA_PHASES_INVALID: 'A file or setting with extra phases is malformed or does not fit the workflow.',
} as const satisfies Readonly<Record<string, string>>;

export type EngineCode = keyof typeof engineCodes;
