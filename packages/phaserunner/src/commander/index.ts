/**
 * Binds workflows to the `commander` library: sub-commands, flags, help and completion from the phases.
 * @module
 */
export { bindWorkflow } from './bind.ts';
export type { Binding, Ended, Invocation, Opened, Session } from './binding.ts';
export { usageCodes, type UsageCode } from '../problems.ts';
export { completionScript, completionShells, type CompletionShell } from './completion-scripts.ts';
export { setExamples, setOperandCandidates } from './command-facts.ts';
export { whenReached, type Build } from './command-facts.ts';
export { readFlags, type GivenFlags } from './given-flags.ts';
export { addFlags, type Candidate } from './options.ts';
export { runProgram } from './program.ts';
export { reservedFlags } from './workflow-flags.ts';
export { signalExitCodes, withSignals, type EndingSignal, type Interrupted, type SignalSource } from './signals.ts';
export { readCommandLine, type CommandLine } from './spellings.ts';
export {
  containModule,
  ioOf,
  setExitCode,
  type CommandInput,
  type CommandIo,
  type DocumentFormat,
  type Failure,
  type ProgramOptions,
} from './surroundings.ts';
