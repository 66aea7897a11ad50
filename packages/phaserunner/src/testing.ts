/**
 * Doubles for tests of workflows and phases: a recorder of events, phases that log what is done to them, a clock that
 * a test moves.
 * @module
 */
export { fakeClock, type FakeClock } from './testing/fake-clock.ts';
export { recordEvents, type EventRecorder } from './testing/record-events.ts';
export { runPhase, type PhaseRun, type PhaseRunOptions } from './testing/run-phase.ts';
export { testPhase, type TestPhaseOptions } from './testing/test-phase.ts';
