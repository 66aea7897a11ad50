/** Keeps other runs away from the machine, or from the root folder, before a run reads or writes anything there. */
import type { Invocation, Opened } from 'phaserunner/commander';
import type { FlagName, FlagValuesByName } from '../flags/flags.ts';
import type { KubeContext, MachineContext } from './context.ts';
import type { Input } from './input.ts';
import { isDryRunByFile } from './load.ts';
import { commandText, patience } from './lock/command.ts';
import type { RunLock } from './lock/port.ts';
import { waitForLock } from './lock/take.ts';
import type { Setting } from './machine.ts';
import type { RunConfig, RunWork } from './work.ts';

export interface Exclusion {
  readonly invocation: Invocation<FlagValuesByName>;
  readonly opened: Pick<Opened<never, FlagName>, 'message' | 'workflow'>;
  readonly setting: Setting;
  readonly input: Input;
}

/**
 * The lock of the machine or of the root folder; undefined for runs that write nothing.
 * @throws ProblemError `RUN_LOCKED` when another run has it
 */
export async function lockFor<C extends MachineContext & KubeContext, Config extends RunConfig>(
  work: RunWork<C, Config>,
  { invocation, opened, setting, input }: Exclusion,
): Promise<RunLock | undefined> {
  const { flags, signal } = invocation;
  if (flags['dry-run'] === true || work.readsOnly?.(invocation) === true) return undefined;
  const waitMs = patience(flags['wait-for-lock']);
  const { rootfs } = flags;
  const locks = await setting.machine.openLocks(rootfs);
  const claim = { command: commandText(invocation), startedAtMs: input.base.now() };
  const attempt = await locks.attempt(claim);
  if (attempt.taken) return attempt.lock;
  if (await isDryRunByFile(work, { invocation, workflow: opened.workflow, setting, input })) return undefined;
  const canWait = invocation.defined.has('wait-for-lock');
  return waitForLock(locks, attempt.holder, { claim, waitMs, canWait, rootfs, signal, tell: opened.message });
}
