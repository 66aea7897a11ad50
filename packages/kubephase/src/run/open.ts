/** Opens one run of any workflow: configuration, selection, ports, context and report; and ends it. */
import { join } from 'node:path';
import type { Notice, RunResult, Task } from 'phaserunner';
import type { Invocation, Opened, Session } from 'phaserunner/commander';
import type { NodeRegistration } from '../config/types.ts';
import type { FlagName, FlagValuesByName } from '../flags/flags.ts';
import type { Files, Host } from '../host/port.ts';
import { contentsOf, filesOf, type PlannedAction } from '../output/dry-run.ts';
import { createReport, reportFormat, type RunReport } from '../output/report.ts';
import { warningText } from '../problems/catalogue.ts';
import { lockFor } from './exclusion.ts';
import { usualPaths, type KubeContext, type MachineContext, type NodePaths } from './context.ts';
import { absolutePath, readInput, type Input } from './input.ts';
import { loadConfig } from './load.ts';
import type { RunLock } from './lock/port.ts';
import type { Setting } from './machine.ts';
import { dryRunPorts, realPorts, recordingScope, type Ports } from './ports.ts';
import { configuredSelection, phasesNamed } from './selection.ts';
import type { RunConfig, RunFacts, RunWork } from './work.ts';

type Flags = Pick<FlagValuesByName, 'rootfs' | 'kubeconfig' | 'kubeconfig-dir'>;

/** One invocation of a workflow's work. */
export interface RunOpening<C> {
  readonly invocation: Invocation<FlagValuesByName>;
  readonly opened: Opened<C, FlagName>;
  readonly setting: Setting;
}

/** @throws ProblemError with everything that is wrong with the configuration */
export async function openRun<C extends MachineContext & KubeContext, Config extends RunConfig>(
  work: RunWork<C, Config>,
  { invocation, opened, setting }: RunOpening<C>,
): Promise<Session<C>> {
  const input = await readInput(setting.machine, {
    io: invocation.io,
    flags: invocation.flags,
    fileFlag: 'config',
    signal: invocation.signal,
  });
  const lock = await lockFor(work, { invocation, opened, setting, input });
  try {
    return await openWithin(work, { invocation, opened, setting, input, lock });
  } catch (error) {
    lock?.release();
    throw error;
  }
}

interface LockedOpening<C> extends RunOpening<C> {
  readonly input: Input;
  /** Undefined in runs that write nothing. */
  readonly lock: RunLock | undefined;
}

async function openWithin<C extends MachineContext & KubeContext, Config extends RunConfig>(
  work: RunWork<C, Config>,
  { invocation, opened, setting, input, lock }: LockedOpening<C>,
): Promise<Session<C>> {
  const { flags, io, signal } = invocation;
  const { base: host } = input;
  const loaded = await loadConfig(work, { invocation, workflow: opened.workflow, setting, input });
  if (loaded.config.dryRun) lock?.release();
  const selection = configuredSelection(opened.workflow, {
    config: loaded.config,
    switches: work.switches,
    place: loaded.origin(work.skipField),
    commandLine: invocation.selection,
    named: phasesNamed(invocation),
  });
  const config = configForRun(selection.config, flags);
  const facts: RunFacts<Config> = { config, release: loaded.release, paths: pathsOf(config.cluster.certificatesDir, flags) };
  const waits = messagesOfWaits(opened);
  const ports = await openPorts(work, facts, { host, setting, signal, tell: waits.message });
  const report = createReport(reportFormat(invocation.output), {
    command: invocation.words.slice(1).join(' '),
    workflow: invocation.workflow,
  });
  const actions: PlannedAction[] = [];
  const record = await recordingScope({ includeContent: config.dryRun });
  const { directory, close, ...open } = ports;
  // Nobody would end a run that was cancelled while it was opened.
  if (signal.aborted) close();
  signal.throwIfAborted();
  return {
    context: work.context({ ...facts, ...open, flags, report, program: setting.program, startedAtMs: host.now() }),
    selection: selection.parts,
    notices: [...announcement(work, invocation, config), ...loaded.warnings.map(warningNotice), ...selection.notices],
    dryRun: config.dryRun,
    listeners: [report.listener, (event) => void (event.type === 'action' && actions.push({ phase: event.path, action: event.action }))],
    scope: (context, task) => record(context, waits.follow(task)),
    document: (result) => report.document(result),
    end: async (result) => {
      close();
      lock?.release();
      const place = directory && join(flags.rootfs ?? '/', directory);
      io.stdout.write(await closingText(result, { report, actions, directory: place, files: host.files }));
    },
  };
}

/** Waits for the API are messages of whoever made the first request: the run while it is opened, later the phase. */
function messagesOfWaits(opened: Pick<Task, 'message'>): {
  readonly message: (text: string) => void;
  readonly follow: (task: Task) => Task;
} {
  let current = opened;
  return { message: (text) => current.message(text), follow: (task) => (current = task) && task };
}

interface Opener {
  readonly host: Host;
  readonly setting: Setting;
  readonly signal: AbortSignal;
  readonly tell: (text: string) => void;
}

function openPorts<C extends MachineContext & KubeContext, Config extends RunConfig>(
  work: RunWork<C, Config>,
  facts: RunFacts<Config>,
  { host, setting: { machine }, signal, tell }: Opener,
): Promise<Ports> {
  const { criSocket } = facts.config.nodeRegistration;
  if (facts.config.dryRun) return dryRunPorts(host, { criSocket, paths: facts.paths, variable: work.dryRunVariable, machine });
  return realPorts(host, { criSocket, machine, connect: (open) => work.connect(facts, { host, open, tell, signal }) });
}

/**
 * The configuration as this run uses it. Relative folders become absolute. In a dry run failed preflight checks only warn:
 * it is often done on another machine than the one that is meant, and should show the whole run.
 */
export function configForRun<Config extends RunConfig>(config: Config, flags: Pick<Flags, 'rootfs'>): Config {
  const { patchesDirectory, nodeRegistration } = config;
  return {
    ...config,
    ...(patchesDirectory === undefined ? {} : { patchesDirectory: absolutePath(patchesDirectory, flags.rootfs) }),
    ...(config.dryRun ? { nodeRegistration: ignoringAll(nodeRegistration) } : {}),
  };
}

/** The names that were given stay, so that a misspelt one is told. */
function ignoringAll(node: NodeRegistration): NodeRegistration {
  return { ...node, ignorePreflightErrors: [...new Set([...node.ignorePreflightErrors, 'all'])] };
}

/** Files and folders of the node, with those that flags move, as absolute paths. */
export function pathsOf(certificatesDir: string, flags: Partial<Flags>): NodePaths {
  const usual = usualPaths(certificatesDir);
  return {
    ...usual,
    kubeconfigs: absolutePath(flags['kubeconfig-dir'] ?? usual.kubeconfigs, flags.rootfs),
    adminKubeconfig: absolutePath(flags.kubeconfig ?? usual.adminKubeconfig, flags.rootfs),
  };
}

/** A whole run starts with what it deploys; single phases do not repeat it. */
function announcement<Config>(
  work: { readonly announcement: (config: Config) => string },
  { words }: Invocation<unknown>,
  config: Config,
): readonly Notice[] {
  return words.includes('phase') ? [] : [{ level: 'info', text: work.announcement(config) }];
}

function warningNotice(problem: Parameters<typeof warningText>[0]): Notice {
  return { level: 'warning', text: warningText(problem) };
}

interface Closing {
  readonly report: RunReport;
  readonly actions: readonly PlannedAction[];
  /** Where the user finds the files of a dry run; undefined after a real run. */
  readonly directory: string | undefined;
  /** Of the machine, which a dry run leaves as it is. */
  readonly files: Pick<Files, 'status'>;
}

/** Texts that were asked for; after a dry run with everything that would be written, the tree of files last. */
async function closingText({ status }: RunResult, { report, actions, directory, files }: Closing): Promise<string> {
  const text = report.text();
  if (directory === undefined || report.format !== 'text' || status !== 'succeeded') return text;
  const closing = text === '' ? '' : `\nA real run would end with:\n\n${text}`;
  const exists = async (folder: string): Promise<boolean> => (await files.status(folder)) !== undefined;
  return [await contentsOf(actions), closing, '\n', await filesOf(actions, { directory, exists })].join('');
}
