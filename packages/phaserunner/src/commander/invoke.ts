/** What happens when a command of a workflow is invoked: selection, context, run, output, exit code. */
import type { Command } from 'commander';
import { ProblemError, problemsOf } from '../problems.ts';
import type { RunResult } from '../run-options.ts';
import type { Invocation, Invoked, Session } from './binding.ts';
import { chosenPhases, readChoice, withFullPaths } from './choice.ts';
import { describeInvocation, inspect, narrowFlags } from './invocation.ts';
import { fullName } from './options.ts';
import { readFlags, type GivenFlags } from './given-flags.ts';
import { phaseWords, resumeWords, typedWords } from './resume.ts';
import { printDocument, startShow, reportsProblems, type Show } from './show.ts';
import { brokenRun, holdSession, type HeldSession } from './session.ts';
import { signalExitCodes, withSignals } from './signals.ts';
import { setExitCode, surroundingsFor } from './surroundings.ts';
import { shellText } from './text.ts';

/** Runs the part of the workflow that `invoked` stands for and sets the exit code. */
export async function invoke<C, F extends string, V>(invoked: Invoked<C, F, V>): Promise<void> {
  const { command } = invoked;
  const given = readFlags(command);
  await refuseNothing(invoked, given);
  const surroundings = surroundingsFor(command);
  const { signals } = surroundings;
  surroundings.releaseSignals();
  const { value, signal } = await withSignals(signals, async (abort) => (await Promise.allSettled([proceed(invoked, given, abort)]))[0], {
    atFirst: (line) => surroundings.writeLine(line),
    atSecond: (second) => {
      surroundings.closeOutput();
      surroundings.tellInterruption(second);
    },
  });
  if (value.status === 'fulfilled' && (signal === undefined || value.value === 0)) return setExitCode(command, value.value);
  if (signal === undefined) throw (value as PromiseRejectedResult).reason;
  // Whatever broke because of the signal, the caller has to see the signal.
  if (value.status === 'rejected')
    await (await import('./failure.ts')).tellFailure(surroundings, problemsOf(value.reason, 'COMMAND_FAILED'));
  setExitCode(command, signalExitCodes[signal]);
}

/** `phase` alone names nothing to run. */
async function refuseNothing<C, F extends string, V>({ bound, command, place }: Invoked<C, F, V>, { flags }: GivenFlags): Promise<void> {
  const asks = ['only', 'skip-phases', 'from', 'until', 'list', 'graph'].some((name) => flags[name] !== undefined);
  if (place.kind !== 'phases' || command.args.length > 0 || asks) return;
  const { prepareHelp } = await import('./help.ts');
  await prepareHelp(command, surroundingsFor(command).io);
  command.outputHelp({ error: true });
  throw new ProblemError({
    code: 'SUBCOMMAND_REQUIRED',
    summary: shellText.phaseRequired,
    remedy: shellText.nameAPhase(fullName(bound.command)),
    where: { object: fullName(command) },
  });
}

/** Returns the exit code. */
async function proceed<C, F extends string, V>(invoked: Invoked<C, F, V>, given: GivenFlags, signal: AbortSignal): Promise<number> {
  const { bound, command, place } = invoked;
  const surroundings = surroundingsFor(command);
  if (place.kind === 'phases' && (await inspect(invoked, given.flags))) return 0;
  const flags = withFullPaths(invoked, bound.workflow, given.flags);
  const stop = new AbortController();
  const { escaped } = surroundings;
  // The run ends because of it in good order; what will not end even then is left alone.
  surroundings.escaped = (error) => (stop.signal.aborted ? escaped(error) : stop.abort(error));
  const choice = readChoice(invoked, bound.workflow, flags);
  const chosen = chosenPhases(bound.workflow, choice.parts);
  const narrowed = place.kind === 'phases' ? narrowFlags(bound, given, chosen) : { ...given, flags };
  try {
    return await run(invoked, describeInvocation(invoked, { given: narrowed, choice, signal: AbortSignal.any([signal, stop.signal]) }));
  } finally {
    surroundings.escaped = escaped;
  }
}

/** Opens the run, runs it and prints its document. Returns the exit code. */
async function run<C, F extends string, V>(invoked: Invoked<C, F, V>, invocation: Invocation<V>): Promise<number> {
  const { command } = invoked;
  const held = holdSession<C>();
  let result: RunResult | undefined;
  try {
    result = await perform(invoked, invocation, held);
    await tell(invoked, invocation, { result, document: held.current()?.document });
  } catch (error) {
    // What broke first is told; that the end breaks as well tells nothing more.
    await held.end(result ?? brokenRun(error)).catch(() => undefined);
    throw error;
  }
  const chosen = await held.end(result);
  return chosen ?? (result.status === 'succeeded' ? 0 : surroundingsFor(command).exitCodeOf(result.problems ?? []));
}

/** Runs it while it is shown. */
async function perform<C, F extends string, V>(
  invoked: Invoked<C, F, V>,
  invocation: Invocation<V>,
  held: HeldSession<C>,
): Promise<RunResult> {
  const { command, bound } = invoked;
  const { binding, workflow } = bound;
  const again = typedWords(invoked, invocation);
  const [{ runWorkflow }, show] = await Promise.all([
    import('../run.ts'),
    startShow(invocation, {
      resultOnly: binding.resultOnly?.(invocation) ?? false,
      command: resumeWords(invoked, invocation),
      ...(again === undefined ? {} : { again }),
    }),
  ]);
  const surroundings = surroundingsFor(command);
  return await whileShown(command, show, () =>
    runWorkflow(workflow, {
      open: async (opening) => {
        const session = await held.open(() => binding.open(invocation, { ...opening, workflow }));
        return { ...session, selection: [...invocation.selection, ...(session.selection ?? [])] };
      },
      signal: invocation.signal,
      listeners: [show.listener, (event) => void (surroundings.lastEvent = event)],
      isRetryable: surroundings.isRetryable,
      flags: invocation.given,
      redact: surroundings.redact,
      commandOf: (path) => phaseWords(invoked, path, invocation),
    }),
  );
}

interface Told<C> {
  readonly result: RunResult;
  readonly document: Session<C>['document'] | undefined;
}

/** Prints the document, and the problems that no renderer has printed. */
async function tell<C, F extends string, V>(
  { command, bound: { binding } }: Invoked<C, F, V>,
  invocation: Invocation<V>,
  { result, document }: Told<C>,
): Promise<void> {
  const make = document ?? ((): unknown => binding.document?.(result, invocation) ?? result);
  await printDocument(binding, invocation, () => make(result));
  const { io, report } = surroundingsFor(command);
  if (result.problems !== undefined && !reportsProblems(invocation.output)) await report(result.problems, io);
}

/** Calls `work` while `show` is what a signal and its second coming have to do with. */
async function whileShown<T>(command: Command, show: Show, work: () => Promise<T>): Promise<T> {
  const surroundings = surroundingsFor(command);
  const { writeLine, closeOutput } = surroundings;
  surroundings.writeLine = (line) => show.tell(line);
  surroundings.closeOutput = () => show.close();
  try {
    return await work();
  } finally {
    surroundings.closeOutput();
    surroundings.writeLine = writeLine;
    surroundings.closeOutput = closeOutput;
  }
}
