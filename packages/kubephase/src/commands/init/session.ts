/** One invocation of `init`: configuration, ports and context before the run, results after it. */
import { join } from 'node:path';
import { ProblemError, type FlagValues, type Notice, type Problem, type RunResult, type Task, type Workflow } from 'phaserunner';
import type { Invocation, Prepared } from 'phaserunner/commander';
import { recordHealth, recordKube, recordRuntime } from '../../clients/recording.ts';
import { createRealReleaseLabels } from '../../clients/releases/real.ts';
import { loadInitConfig } from '../../config/load.ts';
import type { Loaded } from '../../config/request.ts';
import type { InitConfig } from '../../config/types.ts';
import type { Host } from '../../host/port.ts';
import { createRealHost } from '../../host/real/host.ts';
import { recordHost } from '../../host/recording.ts';
import { createReport, type ReportFormat, type RunReport } from '../../output/report.ts';
import { contentsOf, filesOf, type PlannedAction } from '../../output/rehearsal.ts';
import { warningText } from '../../problems/catalogue.ts';
import { standardInputName, withStandardInput } from '../config/standard-input.ts';
import type { InitContext } from './context.ts';
import { createInitContext } from './create-context.ts';
import { realPorts, rehearsalPorts, type Ports } from './ports.ts';
import { absolutePath, configForRun, optionsOf, pathsOf, textFlag } from './request.ts';
import { configuredSelection } from './selection.ts';

export interface InitSession {
  readonly prepared: Prepared<InitContext>;
  /** The document of `-o json` and `-o yaml`. */
  document(): unknown;
  /** Prints what was asked for, and after a rehearsal what would be created. */
  end(result: RunResult): Promise<void>;
}

/** @throws ProblemError with everything that is wrong with the configuration */
export async function openSession(invocation: Invocation, workflow: Workflow<InitContext>): Promise<InitSession> {
  const startedAtMs = Date.now();
  const { flags, io } = invocation;
  const machine = openMachine(invocation);
  const loaded = await loadConfig(machine, invocation);
  const selection = configuredSelection(workflow, {
    config: loaded.config,
    place: loaded.origin('InitConfiguration.skipPhases'),
    commandLine: invocation.selection,
    phase: invocation.phase,
  });
  const config = configForRun(selection.config, flags);
  const options = optionsOf(flags, invocation.words[0]);
  const paths = pathsOf(config, flags);
  let running: Pick<Task, 'message'> | undefined;
  const tell = (text: string): void => running?.message(text);
  const request = { config, release: loaded.release, paths, signal: invocation.signal, tell };
  const ports = config.dryRun ? await rehearsalPorts(machine, request) : await realPorts(machine, request);
  const output = reportFormat(invocation.output);
  const report = createReport(output, { rehearsal: config.dryRun });
  const actions: PlannedAction[] = [];
  return {
    prepared: {
      context: createInitContext({ ...ports, config, release: loaded.release, paths, options, report, startedAtMs }),
      selection: selection.parts,
      notices: [...announcement(invocation, config), ...loaded.warnings.map(warning), ...selection.notices],
      rehearsal: config.dryRun,
      resultOnly: options.printManifest,
      listeners: [report.listener, (event) => void (event.type === 'action' && actions.push({ phase: event.path, action: event.action }))],
      scope: (context, phase) => {
        running = phase;
        return {
          ...context,
          host: recordHost(context.host, (action) => phase.action(action), { includeContent: config.dryRun }),
          kube: recordKube(context.kube, (action) => phase.action(action)),
          health: recordHealth(context.health, (action) => phase.action(action)),
          cri: recordRuntime(context.cri, (action) => phase.action(action)),
        };
      },
    },
    document: () => report.document(),
    end: async (result) => {
      ports.close();
      io.stdout.write(await closingText({ result, output, report, actions, directory: placeOf(ports, flags) }));
    },
  };
}

function openMachine({ flags, io }: Invocation): Host {
  const rootfs = textFlag(flags, 'rootfs');
  return createRealHost({ environment: io.environment, ...(rootfs === undefined ? {} : { rootfs }) });
}

async function loadConfig(machine: Host, { flags, defined, io }: Invocation): Promise<Loaded<InitConfig> & { readonly ok: true }> {
  const typed = textFlag(flags, 'config');
  const host = typed === '-' ? await withStandardInput(machine, io, 'config') : machine;
  const configPath = typed === '-' ? standardInputName : typed === undefined ? undefined : absolutePath(typed, flags);
  const loaded = await loadInitConfig(host, {
    flags,
    detectCriSocket: defined.has('cri-socket'),
    strict: flags['strict'] === true,
    allowUnknownVersion: flags['allow-unknown-version'] === true,
    labels: createRealReleaseLabels({ environment: io.environment }),
    ...(configPath === undefined ? {} : { configPath }),
  });
  if (loaded.ok) return loaded;
  const [first, ...rest] = loaded.problems;
  throw new ProblemError(first === undefined ? [] : [first, ...rest]);
}

/** `init` as a whole starts with the version that it deploys; single phases do not repeat it. */
function announcement({ phase, words }: Invocation, config: InitConfig): readonly Notice[] {
  if (phase !== undefined || words.includes('phase')) return [];
  return [{ level: 'info', text: `using Kubernetes version: ${config.cluster.kubernetesVersion}` }];
}

function warning(problem: Problem): Notice {
  return { level: 'warning', text: warningText(problem) };
}

function reportFormat(output: string): ReportFormat {
  return output === 'json' || output === 'yaml' || output === 'jsonl' ? output : 'text';
}

interface Closing {
  readonly result: RunResult;
  readonly output: ReportFormat;
  readonly report: RunReport;
  readonly actions: readonly PlannedAction[];
  /** Where the files of a rehearsal are; undefined after a real run. */
  readonly directory: string | undefined;
}

/** As the user finds it: below the root folder, when there is one. */
function placeOf({ directory }: Ports, flags: FlagValues): string | undefined {
  return directory === undefined ? undefined : join(textFlag(flags, 'rootfs') ?? '/', directory);
}

/** Texts that were asked for; after a rehearsal with everything that would be written, the tree of files last. */
async function closingText({ result, output, report, actions, directory }: Closing): Promise<string> {
  const text = report.text();
  if (directory === undefined || output !== 'text' || result.status !== 'succeeded') return text;
  const closing = text === '' ? '' : `\nA real run would end with:\n\n${text}`;
  return [await contentsOf(actions), closing, '\n', filesOf(actions, directory)].join('');
}
