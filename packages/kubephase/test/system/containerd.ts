/** A containerd of its own for tests: everything it has is in one folder, and it goes when the test goes. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRealRuntime } from '../../src/clients/cri/real/runtime.ts';
import { waitFor } from '../../src/operations/wait.ts';

export interface Containerd {
  /** URL. */
  readonly socket: string;
  /** Ends the process; its socket stays as it leaves it. */
  readonly stop: () => Promise<void>;
  /** Ends the process and removes its folder. */
  readonly remove: () => Promise<void>;
}

/** Images of this registry come from the one that is given to `startContainerd`. */
export const registryName = 'registry.example';

export const sandboxImage = `${registryName}/pause:3.10.2`;

const version = spawnSync('containerd', ['--version'], { encoding: 'utf8' });

/** Why there is none, or undefined. */
export const containerdMissing = reasonOf();

function reasonOf(): string | undefined {
  if (process.platform !== 'linux') return 'containerd needs Linux';
  if (process.getuid?.() !== 0) return 'containerd needs root';
  if (version.error !== undefined) return 'containerd is not installed';
  // Unpacking an image mounts it for a moment.
  return spawnSync('unshare', ['--mount', 'true']).status === 0 ? undefined : 'containerd needs the right to mount';
}

/** From version 2 on, containerd does not show its sandbox image in its status. */
export const tellsSandboxImage = /\s(v?)1\.\d+\.\d+/.test(version.stdout ?? '');

/** @param registryUrl serves the images of `registryName` over plain HTTP */
export async function startContainerd(registryUrl: string): Promise<Containerd> {
  const folder = mkdtempSync(join(tmpdir(), 'containerd-'));
  const hosts = join(folder, 'hosts', registryName);
  mkdirSync(hosts, { recursive: true });
  writeFileSync(join(hosts, 'hosts.toml'), `server = "${registryUrl}"\n[host."${registryUrl}"]\ncapabilities = ["pull", "resolve"]\n`);
  writeFileSync(join(folder, 'config.toml'), configuration(folder));
  const path = join(folder, 'containerd.sock');
  // Without the environment of the test: its proxies do not know the registry.
  const child = spawn('containerd', ['--config', join(folder, 'config.toml'), '--log-level', 'error'], {
    env: { PATH: process.env['PATH'], TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const containerd: Containerd = {
    socket: `unix://${path}`,
    stop: () => end(child),
    remove: async () => {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await untilReady(containerd, child);
  return containerd;
}

/** The native snapshotter copies: it needs no file system in the kernel, and leaves no mounts. */
function configuration(folder: string): string {
  return `version = 2
root = "${folder}/root"
state = "${folder}/state"
[grpc]
  address = "${folder}/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
  path = "${folder}/opt"
[plugins."io.containerd.nri.v1.nri"]
  disable = true
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${sandboxImage}"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    conf_dir = "${folder}/cni"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "native"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "${folder}/hosts"
`;
}

async function untilReady({ socket, remove }: Containerd, child: ChildProcess): Promise<void> {
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  try {
    await waitFor({
      name: 'containerd',
      deadlineMs: 30_000,
      intervalMs: 50,
      probe: async () => {
        if (child.exitCode !== null) throw new Error(`containerd ended with exit code ${child.exitCode}`);
        await createRealRuntime(socket).version();
        return undefined;
      },
    });
  } catch (error) {
    await remove();
    throw new Error(`containerd does not start:\n${log}`, { cause: error });
  }
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
