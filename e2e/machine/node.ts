/** A node: a machine of its own as far as Kubernetes can tell, made of namespaces of this one. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, openSync, closeSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import { nodeFiles, type NodeFiles } from './files.ts';
import type { Template } from './images/template.ts';
import { fillNodeFolder } from './node-folder.ts';
import { start, type RunningProcess, type RunOptions, type RunResult } from './process.ts';
import { addressesOf, bridgeOf, type Rig } from './rig.ts';
import { keptLogs, rigs, scripts } from './settings.ts';

/** What a run has for its nodes. */
export interface Machine {
  readonly rig: Rig;
  readonly template: Template;
  /** Path of the product's executable. */
  readonly kubephase: string;
}

export interface NodeOptions {
  /** Host name, also of the Kubernetes node: lower case letters, digits and `-`. */
  readonly name: string;
  /** `systemd`: `systemctl` and `journalctl` are there. `none`: neither; the services run all the same. Default: `systemd`. */
  readonly serviceManager?: 'systemd' | 'none';
}

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

/** Takes about two seconds. containerd runs then, and the kubelet's service waits for its configuration. */
export async function bootNode(machine: Machine, { name, serviceManager = 'systemd' }: NodeOptions): Promise<Node> {
  const { rig, template, kubephase } = machine;
  const { folder, host } = reserve(rig, name);
  const addresses = addressesOf(rig, host);
  const cgroup = `${rig.number}-${name}`;
  try {
    await Promise.all([
      fillNodeFolder({ folder, name, host, addresses, template, kubephase, serviceManager }),
      connect(rig, host, `kpe2e-${cgroup}`),
      command(['sh', '-c', '. "$1"; make_cgroups "$2"', 'sh', join(scripts, 'cgroups.sh'), cgroup]),
    ]);
    const pid = await boot(folder, cgroup, name);
    return nodeOf({ name, addresses, cgroup, pid, remove: () => removeNode(rig, name, pid) });
  } catch (error) {
    await removeNode(rig, name);
    throw error;
  }
}

interface Booted {
  readonly name: string;
  readonly addresses: { readonly ipv4: string; readonly ipv6: string };
  readonly cgroup: string;
  readonly pid: number;
  readonly remove: () => Promise<void>;
}

function nodeOf({ name, addresses, cgroup, pid, remove }: Booted): Node {
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

/** Makes the folder of a node and takes a free address for it, in one go: nodes may be made at the same time. */
function reserve(rig: Rig, name: string): { readonly folder: string; readonly host: number } {
  const nodes = join(rig.folder, 'nodes');
  const taken = new Set(readdirSync(nodes).map((other) => Number(readFileSync(join(nodes, other, 'host'), 'utf8'))));
  let host = 11;
  while (taken.has(host)) host += 1;
  const folder = join(nodes, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'host'), String(host));
  return { folder, host };
}

async function connect(rig: Rig, host: number, namespace: string): Promise<void> {
  const { ipv4, ipv6 } = addressesOf(rig, host);
  const gateway = addressesOf(rig, 1);
  const cable = `${bridgeOf(rig)}n${host}`;
  await command(['ip', 'netns', 'add', namespace]);
  const outside = [`link add ${cable} type veth peer name eth0 netns ${namespace}`, `link set ${cable} master ${bridgeOf(rig)} up`];
  const inside = [
    `addr add ${ipv4}/24 dev eth0`,
    `addr add ${ipv6}/64 dev eth0 nodad`,
    'link set eth0 up',
    `route add default via ${gateway.ipv4}`,
    `route add default via ${gateway.ipv6} dev eth0`,
  ];
  await command(['ip', '-batch', '-'], outside.join('\n'));
  await command(['ip', '-netns', namespace, '-batch', '-'], inside.join('\n'));
}

/** Number of the node's first process on this machine, once all is mounted and containerd runs. */
async function boot(folder: string, cgroup: string, name: string): Promise<number> {
  const log = openSync(join(folder, 'boot.log'), 'w');
  const child = spawn('sh', [join(scripts, 'boot.sh'), cgroup, `kpe2e-${cgroup}`, folder, name], { stdio: ['ignore', log, log] });
  closeSync(log);
  // It ends with the node; until then it is no reason for this process to go on.
  child.unref();
  const ready = join(folder, 'init');
  for (let attempt = 0; !existsSync(ready); attempt += 1) {
    if (child.exitCode !== null || attempt > 3000) throw new Error(`node ${name} does not start:\n${readFileSync(join(folder, 'boot.log'), 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Number(readFileSync(ready, 'utf8').split(' ')[0]);
}

async function removeNode(rig: Rig, name: string, pid?: number): Promise<void> {
  if (keptLogs !== undefined && pid !== undefined && existsSync(`/proc/${pid}/root/var/log`)) {
    cpSync(join(rig.folder, 'nodes', name, 'disk/var/log'), join(keptLogs, name), { recursive: true });
  }
  await command(['sh', join(scripts, 'clean-up.sh'), rigs, String(rig.number), name]);
}
