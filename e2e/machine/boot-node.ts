/** Makes a node out of namespaces of this machine. */
import { spawn } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.ts';
import type { Template } from './images/template.ts';
import { fillNodeFolder } from './node-folder.ts';
import { nodeOf, type Node } from './node.ts';
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

/** Takes about a second. containerd runs then, and the kubelet's service waits for its configuration. */
export async function bootNode(machine: Machine, { name, serviceManager = 'systemd' }: NodeOptions): Promise<Node> {
  const { rig, template, kubephase } = machine;
  const { folder, host } = reserve(rig, name);
  const addresses = addressesOf(rig, host);
  const cgroup = `${rig.number}-${name}`;
  try {
    const steps = await Promise.allSettled([
      fillNodeFolder({ folder, name, host, addresses, template, kubephase, serviceManager }),
      connect(rig, host, `kpe2e-${cgroup}`),
      command(['sh', '-c', '. "$1"; make_cgroups "$2"', 'sh', join(scripts, 'cgroups.sh'), cgroup]),
    ]);
    for (const step of steps) if (step.status === 'rejected') throw step.reason;
    const pid = await boot(folder, cgroup, name);
    const { kubernetesVersion } = template;
    return nodeOf({ name, addresses, kubernetesVersion, cgroup, pid, remove: () => removeNode(rig, name, pid) });
  } catch (error) {
    await removeNode(rig, name);
    throw error;
  }
}

/** Makes the folder of a node and takes an address that no other node of the rig had. Several processes may do so at the same time. */
function reserve(rig: Rig, name: string): { readonly folder: string; readonly host: number } {
  const folder = join(rig.folder, 'nodes', name);
  mkdirSync(folder);
  let host = 11;
  while (!claims(join(rig.folder, 'hosts', String(host)))) host += 1;
  writeFileSync(join(folder, 'host'), String(host));
  return { folder, host };
}

/** Only one of those who ask for the same path gets it. */
function claims(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
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
    // Clouds answer there; here the kubelet would ask for five seconds.
    'route add unreachable 169.254.0.0/16',
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
    if (child.exitCode !== null || attempt > 3000)
      throw new Error(`node ${name} does not start:\n${readFileSync(join(folder, 'boot.log'), 'utf8')}`);
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
