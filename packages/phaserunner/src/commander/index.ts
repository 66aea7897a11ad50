/**
 * Binds workflows to the `commander` library: sub-commands, flags, help and completion from the phases.
 * @module
 */
export { bindWorkflow } from './bind.ts';
export type { Binding, DocumentFormat, Invocation, Prepared } from './binding.ts';
export { whenReached, type Build } from './lazy.ts';
export { withSignals, type EndingSignal, type Interrupted, type SignalSource } from './signals.ts';
export { ioOf, setExitCode, type CommandIo, type ProgramOptions } from './surroundings.ts';
