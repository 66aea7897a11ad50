/** Runs of `init` that are watched event by event, and what they end with. */
import type { Problem, RunEvent } from 'phaserunner';
import type { Node } from '../machine/node.ts';
import type { RunOptions, RunningProcess, RunResult } from '../machine/process.ts';

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { readonly type: T }>;

export interface InitOptions extends RunOptions {
  /** Default: `/tmp/init.yaml`. */
  readonly config?: string;
  /** Names of preflight checks. Default: `ImagePull` alone, which no node of the rig passes. */
  readonly ignore?: readonly string[];
  readonly flags?: readonly string[];
}

export interface InitOutcome extends RunResult {
  readonly events: readonly RunEvent[];
  /** Those of the last event; none without it. */
  readonly problems: readonly Problem[];
}

export interface RunningInit extends Pick<RunningProcess, 'kill'> {
  /** The first event that `wanted` accepts, past or to come. @throws Error with all output when the run ends without one */
  readonly event: (wanted: (event: RunEvent) => boolean) => Promise<RunEvent>;
  readonly outcome: Promise<InitOutcome>;
}

/** Field `timeouts` of an InitConfiguration for runs that wait in vain. */
export const shortTimeouts = { kubeletHealthCheck: '25s', controlPlaneComponentHealthCheck: '25s' };

/** Words that run `init` on a node of the rig. */
export function initWords({ config = '/tmp/init.yaml', ignore = ['ImagePull'], flags = [] }: InitOptions = {}): readonly string[] {
  return ['kubephase', 'init', `--config=${config}`, `--ignore-preflight-errors=${ignore.join(',')}`, ...flags];
}

/** Starts `init -o jsonl`. */
export function startInit(node: Node, options: InitOptions = {}): RunningInit {
  const running = node.spawn([...initWords(options), '--output=jsonl'], { timeoutMs: 180_000, ...options });
  const seen: RunEvent[] = [];
  const listeners = new Set<(event: RunEvent) => void>();
  let rest = '';
  running.onOutput((text, stream) => {
    if (stream === 'stderr') return;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = JSON.parse(line) as RunEvent;
      seen.push(event);
      for (const listener of listeners) listener(event);
    }
  });
  const event: RunningInit['event'] = (wanted) =>
    new Promise((resolve, reject) => {
      const found = seen.find(wanted);
      if (found !== undefined) resolve(found);
      listeners.add((next) => wanted(next) && resolve(next));
      running.result.then(({ stdout, stderr }) => reject(new Error(`init ended before that:\n${stdout}${stderr}`)), reject);
    });
  const outcome = running.result.then((result) => {
    const end = seen.find((one): one is EventOf<'run-end'> => one.type === 'run-end');
    return { ...result, events: seen, problems: end?.problems ?? [] };
  });
  return { kill: running.kill, event, outcome };
}

/** Runs `init -o jsonl` to its end. */
export function runInit(node: Node, options: InitOptions = {}): Promise<InitOutcome> {
  return startInit(node, options).outcome;
}

/** The last phase that works below each top-level one: when it ends, that one has ended. */
export function lastPhases(events: readonly RunEvent[]): ReadonlyMap<string, string> {
  const plan = events.find((event): event is EventOf<'run-start'> => event.type === 'run-start');
  const working = (plan?.phases ?? []).filter(({ work, decision }) => work && decision.run);
  return new Map(working.map(({ path }) => [path.split('/')[0] ?? path, path]));
}

/** All that a user can read of the problems. */
function problemText(problems: readonly Problem[]): string {
  return problems
    .flatMap(({ code, summary, detail, evidence = [], remedy }) => [
      `${code}: ${summary}`,
      detail ?? '',
      ...evidence.flatMap(({ title, lines }) => [title, ...lines]),
      `remedy: ${remedy ?? ''}`,
    ])
    .join('\n');
}

export interface FailedInit {
  readonly exitCode: number;
  /** One for each problem. */
  /** Each once: how many components are late at a deadline depends on the machine. */
  readonly codes: readonly string[];
  /** All that a user can read of the problems. */
  readonly text: string;
  /** What was told meanwhile. */
  readonly messages: readonly string[];
}

/** Runs `init -o jsonl`, and tells how it failed. Without a problem `codes` is empty. */
export async function failInit(node: Node, options?: InitOptions): Promise<FailedInit> {
  return failureOf(await runInit(node, options));
}

export function failureOf({ exitCode, problems, events }: InitOutcome): FailedInit {
  return {
    exitCode,
    codes: [...new Set(problems.map(({ code }) => code))],
    text: problemText(problems),
    messages: events.flatMap((event) => (event.type === 'message' ? [event.text] : [])),
  };
}
