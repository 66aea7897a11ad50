/** Programs that run in a node. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { scripts } from './settings.ts';

export interface RunOptions {
  /** Added to PATH, HOME and LANG, which is all that the program gets. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Standard input. Default: empty. */
  readonly input?: string;
  /** Default 10 minutes. */
  readonly timeoutMs?: number;
  /** How wrong the program's clock is, such as `-2h` or `+400d`. Not seen by static programs. */
  readonly clock?: string;
}

export interface RunResult {
  readonly argv: readonly string[];
  /** 128 and the signal's number, as a shell tells it, when a signal ended the program. */
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export type OutputListener = (text: string, stream: 'stdout' | 'stderr') => void;

export interface RunningProcess {
  /** Calls `listener` with standard output and error as they come. */
  readonly onOutput: (listener: OutputListener) => void;
  /** Sends a signal to the program itself. @throws Error when it has ended */
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
  /** @throws Error when `timeoutMs` passed; the program is ended then */
  readonly result: Promise<RunResult>;
}

/** Where a node is entered. */
export interface Entrance {
  readonly cgroup: string;
  /** Number of the node's first process on this machine. */
  readonly pid: number;
}

const searchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function start(entrance: Entrance, argv: readonly string[], options: RunOptions = {}): RunningProcess {
  const environment = { PATH: searchPath, HOME: '/root', LANG: 'C.UTF-8', ...options.environment };
  const inside = options.clock === undefined ? argv : ['faketime', '-f', options.clock, ...argv];
  const startedMs = performance.now();
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const entered = [join(scripts, 'enter.sh'), entrance.cgroup, String(entrance.pid), 'env', '-i', '-C', '/', ...variables, ...inside];
  const child = spawn('sh', entered);
  const output = collect(child);
  child.stdin?.once('error', () => {});
  child.stdin?.end(options.input ?? '');
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    process.kill(await insideProcess(child), signal);
  };
  const timeoutMs = options.timeoutMs ?? 600_000;
  const result = new Promise<RunResult>((resolve, reject) => {
    const timer = setTimeout(() => {
      // Its end closes the outputs, which settles the promise below; this reason comes first.
      reject(new Error(`${argv.join(' ')} did not end within ${timeoutMs} ms\n${output.stdout}${output.stderr}`));
      kill('SIGKILL').catch(() => child.kill('SIGKILL'));
    }, timeoutMs);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const exitCode = code ?? 128 + constants.signals[signal ?? 'SIGKILL'];
      resolve({ argv, exitCode, stdout: output.stdout, stderr: output.stderr, durationMs: performance.now() - startedMs });
    });
  });
  return { onOutput: output.listen, kill, result };
}

interface Output {
  stdout: string;
  stderr: string;
  readonly listen: (listener: OutputListener) => void;
}

function collect(child: ChildProcess): Output {
  const listeners: OutputListener[] = [];
  const output: Output = { stdout: '', stderr: '', listen: (listener) => void listeners.push(listener) };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const listener of listeners) listener(text, name);
    });
  }
  return output;
}

/** Number on this machine of the program in the node: the child of the process that entered it. */
async function insideProcess(child: ChildProcess): Promise<number> {
  while (child.exitCode === null && child.signalCode === null) {
    // Before that it is the shell of the script, with other children.
    const entered = readFileSync(`/proc/${child.pid}/comm`, 'utf8') === 'nsenter\n';
    const found = entered ? childrenOf(child.pid)[0] : undefined;
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error('the program has ended');
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function childrenOf(parent: number | undefined): readonly number[] {
  const isChild = (pid: number): boolean => {
    try {
      return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]) === parent;
    } catch {
      // It ended meanwhile.
      return false;
    }
  };
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isChild(pid));
}
