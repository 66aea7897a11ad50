/** What a command that fails, before it could print a document of its own, prints on standard output for programs. */
import { systemClock } from '../clock.ts';
import { eventSchema, type RunEvent } from '../events.ts';
import type { Problem } from '../problems.ts';
import { jsonLine, jsonSafe } from '../render/json-safe.ts';
import { signalExitCodes, type EndingSignal } from './signals.ts';
import type { Failure, Surroundings } from './surroundings.ts';
import { shellText } from './text.ts';

/** Tells people and, where `-o` asks for it, programs that the command failed. */
export async function tellFailure(surroundings: Surroundings, problems: readonly Problem[]): Promise<void> {
  await surroundings.report(problems, surroundings.io);
  if (surroundings.output !== undefined) await writeFailure(surroundings, problems);
}

/** Writes the document or the last event, unless the command has written its own. */
async function writeFailure(surroundings: Surroundings, problems: readonly Problem[]): Promise<void> {
  const failure = failureOf(surroundings, 'failed', problems);
  const print = surroundings.documents[surroundings.output ?? ''];
  if (print === undefined) return writeAtOnce(surroundings, failure);
  if (!surroundings.hasWritten()) surroundings.io.stdout.write(await print(surroundings.describe(failure)));
}

/** Has the first SIGINT or SIGTERM end the process with a document or a last event. Returns how this is undone. */
export function endOnSignals(surroundings: Surroundings): () => void {
  const { signals } = surroundings;
  const handler = (signal: EndingSignal): void => {
    writeInterruption(surroundings, signal);
    signals.exit(signalExitCodes[signal]);
  };
  const names = Object.keys(signalExitCodes) as readonly EndingSignal[];
  for (const name of names) signals.on(name, handler);
  return () => {
    for (const name of names) signals.off(name, handler);
  };
}

/** The same for a process that is about to end: nothing in it waits. YAML is written in the notation of JSON, which is part of it. */
export function writeInterruption(surroundings: Surroundings, signal: EndingSignal): void {
  const problem: Problem = { code: 'RUN_CANCELLED', summary: shellText.interruptedBy(signal), remedy: shellText.runAgain };
  writeAtOnce(surroundings, failureOf(surroundings, 'cancelled', [problem]));
}

function failureOf({ words, startedMs, isRetryable }: Surroundings, status: Failure['status'], problems: readonly Problem[]): Failure {
  return {
    words,
    status,
    durationMs: Math.max(0, Math.round(systemClock.now() - startedMs)),
    phases: [],
    remaining: [],
    problems: problems.map((problem) => jsonSafe({ ...problem, retryable: problem.retryable ?? isRetryable(problem.code) })),
  };
}

function writeAtOnce(surroundings: Surroundings, failure: Failure): void {
  const { io, output, describe, hasWritten } = surroundings;
  if (output === 'jsonl') return writeLastEvent(surroundings, failure);
  if (hasWritten()) return;
  io.stdout.write(`${JSON.stringify(describe(failure), undefined, jsonIndent)}\n`);
}

const jsonIndent = 2;

/** A stream of events ends in `run-end`, whatever happened. */
function writeLastEvent(surroundings: Surroundings, { status, durationMs, problems }: Failure): void {
  const { lastEvent, io } = surroundings;
  if (lastEvent?.type === 'run-end') return;
  const event: RunEvent = {
    schema: eventSchema,
    sequence: (lastEvent?.sequence ?? 0) + 1,
    timeMs: Math.round(systemClock.now()),
    type: 'run-end',
    status,
    durationMs,
    phases: [],
    remaining: [],
    problems: problems as unknown as readonly Problem[],
  };
  surroundings.lastEvent = event;
  io.stdout.write(`${jsonLine(event)}\n`);
}
