/** What scenarios do with a node. */
import { nodeFiles, type NodeFiles } from './files.ts';
import { start, type RunningProcess, type RunOptions, type RunResult } from './process.ts';
import type { Addresses } from './rig.ts';

export type { RunningProcess, RunOptions, RunResult } from './process.ts';

export interface Service {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** `activating`: waits before it starts again. */
  readonly state: () => Promise<'active' | 'activating' | 'inactive'>;
  /** All it wrote. */
  readonly log: () => string;
}

export interface Node {
  readonly name: string;
  readonly address: string;
  readonly address6: string;
  /** Of the kubelet and the images that are there, such as `v1.20.2`. */
  readonly kubernetesVersion: string;
  /** Runs a program in the node to its end, whatever its exit code. */
  readonly run: (argv: readonly string[], options?: RunOptions) => Promise<RunResult>;
  /** Starts a program in the node. */
  readonly spawn: (argv: readonly string[], options?: RunOptions) => RunningProcess;
  /** The product. */
  readonly kubephase: (...args: readonly string[]) => Promise<RunResult>;
  /** The genuine one. */
  readonly kubeadm: (...args: readonly string[]) => Promise<RunResult>;
  /** With admin.conf. */
  readonly kubectl: (...args: readonly string[]) => Promise<RunResult>;
  readonly files: NodeFiles;
  readonly containerd: Service;
  readonly kubelet: Service;
  /** Puts an empty file system of so many bytes in place of a folder. */
  readonly limitSpace: (path: string, bytes: number) => Promise<void>;
  /** What was run, oldest first, for looking through all output. */
  readonly transcript: readonly RunResult[];
  /** Ends everything in the node and removes it. May be repeated. */
  readonly remove: () => Promise<void>;
}

/** What is known of a node that was booted. */
export interface Booted {
  readonly name: string;
  readonly addresses: Addresses;
  readonly kubernetesVersion: string;
  readonly cgroup: string;
  readonly pid: number;
  readonly remove: () => Promise<void>;
}

export function nodeOf({ name, addresses, kubernetesVersion, cgroup, pid, remove }: Booted): Node {
  const transcript: RunResult[] = [];
  const files = nodeFiles(pid);
  const spawnInside = (argv: readonly string[], options?: RunOptions): RunningProcess => {
    const running = start({ cgroup, pid }, argv, options);
    const result = running.result.then((ended) => {
      transcript.push(ended);
      return ended;
    });
    return { ...running, result };
  };
  const run = (argv: readonly string[], options?: RunOptions): Promise<RunResult> => spawnInside(argv, options).result;
  const service = (program: string): Service => {
    const tell = async (action: string): Promise<string> => succeeded(await run(['sh', '/opt/e2e/programs/service.sh', action, program]));
    return {
      start: async () => void (await tell('start')),
      stop: async () => void (await tell('stop')),
      state: async () => (await tell('state')) as 'active' | 'activating' | 'inactive',
      log: () => (files.exists(`/var/log/${program}.log`) ? files.read(`/var/log/${program}.log`) : ''),
    };
  };
  return {
    name,
    address: addresses.ipv4,
    address6: addresses.ipv6,
    kubernetesVersion,
    run,
    spawn: spawnInside,
    kubephase: (...args) => run(['kubephase', ...args]),
    kubeadm: (...args) => run(['kubeadm', ...args]),
    kubectl: (...args) => run(['kubectl', '--kubeconfig=/etc/kubernetes/admin.conf', ...args], { timeoutMs: 60_000 }),
    files,
    containerd: service('containerd'),
    kubelet: service('kubelet'),
    limitSpace: async (path, bytes) => void succeeded(await run(['mount', '-t', 'tmpfs', '-o', `mode=0755,size=${bytes}`, 'tmpfs', path])),
    transcript,
    remove,
  };
}

/** Standard output without white space around. @throws Error with all output when the program failed */
export function succeeded({ argv, exitCode, stdout, stderr }: RunResult): string {
  if (exitCode === 0) return stdout.trim();
  throw new Error(`${argv.join(' ')} ended with exit code ${exitCode}\n${stdout}${stderr}`);
}
