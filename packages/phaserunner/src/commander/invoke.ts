/** What happens when a command of a workflow is invoked: selection, context, run, output, exit code. */
import { ProblemError, problemsOf } from '../problems.ts';
import type { RunResult } from '../run.ts';
import { flatten } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import type { Invocation } from './binding.ts';
import type { Invoked } from './bound.ts';
import { chosenPhases, readChoice } from './choice.ts';
import { inspect } from './inspect.ts';
import { describeInvocation, narrowFlags } from './invocation.ts';
import { fullName } from './names.ts';
import { givenFlags } from './given-flags.ts';
import type { GivenFlags } from './options.ts';
import { withOwnDefaults } from './phase-flags.ts';
import { resumeWords } from './resume.ts';
import { printDocument, startShow, tellsProblems } from './show.ts';
import { signalExitCodes, withSignals } from './signals.ts';
import { setExitCode, surroundingsFor } from './surroundings.ts';
import { shellText } from './text.ts';

/** Runs the part of the workflow that `invoked` stands for and sets the exit code. */
export async function invoke<C, F extends string>(invoked: Invoked<C, F>): Promise<void> {
  const { command } = invoked;
  const given = givenFlags(command);
  await refuseNothing(invoked, given);
  const surroundings = surroundingsFor(command);
  const { io, signals, report } = surroundings;
  const { value, signal } = await withSignals(signals, async (abort) => (await Promise.allSettled([proceed(invoked, given, abort)]))[0], {
    atFirst: (line) => surroundings.tell(line),
    atSecond: () => surroundings.closeOutput(),
  });
  if (value.status === 'fulfilled' && (signal === undefined || value.value === 0)) return setExitCode(command, value.value);
  if (signal === undefined) throw (value as PromiseRejectedResult).reason;
  // Whatever broke because of the signal, the caller has to see the signal.
  if (value.status === 'rejected') await report(problemsOf(value.reason, 'COMMAND_FAILED'), io);
  setExitCode(command, signalExitCodes[signal]);
}

/** `phase` alone names nothing to run. */
async function refuseNothing<C, F extends string>({ bound, command, place }: Invoked<C, F>, { flags }: GivenFlags): Promise<void> {
  const asks = ['only', 'skip-phases', 'from', 'until', 'list', 'graph'].some((name) => flags[name] !== undefined);
  if (place.kind !== 'phases' || command.args.length > 0 || asks) return;
  const { prepareHelp } = await import('./help.ts');
  await prepareHelp(command, surroundingsFor(command).io);
  command.outputHelp();
  throw new ProblemError({
    code: 'SUBCOMMAND_REQUIRED',
    summary: shellText.phaseRequired,
    remedy: shellText.nameAPhase(fullName(bound.command)),
    where: { object: fullName(command) },
  });
}

/** Returns the exit code. */
async function proceed<C, F extends string>(invoked: Invoked<C, F>, given: GivenFlags, signal: AbortSignal): Promise<number> {
  const { bound, command, place } = invoked;
  const draft = describeInvocation(invoked, { given, choice: { parts: [], args: command.args }, signal });
  const workflow = (await bound.binding.workflow?.(bound.workflow, draft)) ?? bound.workflow;
  if (place.kind === 'phases' && (await inspect(invoked, workflow, given.flags))) return 0;
  const choice = readChoice(invoked, workflow, given.flags);
  const chosen = chosenPhases(workflow, choice.parts);
  const narrowed = place.kind === 'phases' ? narrowFlags({ ...bound, workflow }, given, chosen) : given;
  const invocation = describeInvocation(invoked, { given: narrowed, choice, signal });
  return finish(invoked, invocation, await run(invoked, workflow, invocation));
}

async function run<C, F extends string>(invoked: Invoked<C, F>, workflow: Workflow<C, F>, invocation: Invocation): Promise<RunResult> {
  const surroundings = surroundingsFor(invoked.command);
  const prepared = await invoked.bound.binding.context(invocation);
  const { runWorkflow } = await import('../run.ts');
  const { rehearsal = false, resultOnly = false } = prepared;
  const show = await startShow(invocation, { rehearsal, resultOnly, command: resumeWords(invoked, invocation) });
  const { tell, closeOutput } = surroundings;
  surroundings.tell = (line) => show.tell(line);
  surroundings.closeOutput = () => show.close();
  try {
    return await runWorkflow(workflow, {
      context: prepared.context,
      selection: [...invocation.selection, ...(prepared.selection ?? [])],
      signal: invocation.signal,
      listeners: [show.listener, ...(prepared.listeners ?? [])],
      flags: withOwnDefaults(flatten(workflow), invocation.flags),
      ...(prepared.scope === undefined ? {} : { scope: prepared.scope }),
      ...(prepared.notices === undefined ? {} : { notices: prepared.notices }),
    });
  } finally {
    surroundings.closeOutput();
    surroundings.tell = tell;
    surroundings.closeOutput = closeOutput;
  }
}

async function finish<C, F extends string>({ bound, command }: Invoked<C, F>, invocation: Invocation, result: RunResult): Promise<number> {
  const { binding } = bound;
  const { io, report, exitCodeOf } = surroundingsFor(command);
  await printDocument(binding, invocation, () => binding.document?.(result, invocation) ?? result);
  if (result.problems !== undefined && !tellsProblems(invocation.output)) await report(result.problems, io);
  const chosen = await binding.onEnd?.(result, invocation);
  return chosen ?? (result.status === 'succeeded' ? 0 : exitCodeOf(result.problems ?? []));
}
