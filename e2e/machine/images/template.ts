/** Containerd's folder with all images unpacked, made once: each node starts with a copy that shares the files. */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { command } from '../command.ts';
import { containerdConfiguration } from '../configuration.ts';
import { cache, checkout, pauseProgram } from '../settings.ts';
import { writeArchive } from './archive.ts';
import { images, kubernetesVersion, sandboxImage, type Image } from './content.ts';

export interface Template {
  readonly folder: string;
  readonly snapshotter: 'overlayfs' | 'native';
  /** Reference. */
  readonly sandboxImage: string;
  /** Such as `v1.20.2`. */
  readonly kubernetesVersion: string;
}

/** Raised when the way in which templates are made changes. */
const format = 1;

/** Makes the template when there is none for the same programs. Takes about 15 seconds then. */
export async function ensureTemplate(): Promise<Template> {
  mkdirSync(cache, { recursive: true });
  if (!existsSync(pauseProgram)) await compilePause();
  const [version, content, sandbox, snapshotter] = await Promise.all([kubernetesVersion(), images(), sandboxImage(), snapshotterOf()]);
  const prefix = `images-${version}-`;
  const folder = join(cache, prefix + digestOf(content, snapshotter));
  const template = { folder, snapshotter, sandboxImage: sandbox, kubernetesVersion: version };
  if (existsSync(folder)) return template;
  await make(content, template);
  for (const name of readdirSync(cache)) {
    // A run that started before may still make nodes from the one it found.
    const isOld = name.startsWith(prefix) && name !== basename(folder) && statSync(join(cache, name)).mtimeMs < Date.now() - 86_400_000;
    if (isOld) rmSync(join(cache, name), { recursive: true, force: true });
  }
  return template;
}

/** Fills `target`, containerd's folder of a new node. Only the data bases are written later, so they are real copies. */
export async function copyTemplate({ folder }: Template, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  const script = `cp -al "$1" "$2" 2>/dev/null || { rm -rf "$2"; cp -a --reflink=auto "$1" "$2"; }
    cd "$1"; find . -name '*.db' -exec cp --remove-destination {} "$2"/{} \\;`;
  await command(['sh', '-c', script, 'sh', folder, target]);
}

/** Under another name first: several runs may be at it. */
async function compilePause(): Promise<void> {
  const draft = `${pauseProgram}-${process.pid}`;
  await command(['cc', '-Os', '-static', '-s', '-o', draft, join(checkout, 'e2e/kubernetes/pause.c')]);
  renameSync(draft, pauseProgram);
}

function digestOf(content: readonly Image[], snapshotter: string): string {
  const hash = createHash('sha256').update(`${format} ${snapshotter}`);
  for (const { references, files } of content) {
    hash.update(JSON.stringify(references));
    for (const [path, source] of files) {
      const { size, mtimeMs } = statSync(source);
      hash.update(`${path} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Overlays on the cache's file system when it can hold them; else containerd copies each image for each container. */
async function snapshotterOf(): Promise<'overlayfs' | 'native'> {
  const folder = mkdtempSync(join(cache, 'overlay-'));
  for (const name of ['lower', 'upper', 'work', 'mounted']) mkdirSync(join(folder, name));
  const script = 'cd "$1" && mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work mounted';
  try {
    await command(['unshare', '--mount', 'sh', '-c', script, 'sh', folder]);
    return 'overlayfs';
  } catch {
    return 'native';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function make(content: readonly Image[], template: Template): Promise<void> {
  const work = mkdtempSync(join(cache, 'template-'));
  try {
    const archive = await writeArchive(content, mkdtempSync(join(work, 'archive-')));
    const root = join(work, 'root');
    const state = join(work, 'state');
    const configuration = join(work, 'config.toml');
    writeFileSync(configuration, containerdConfiguration({ ...template, root, state }));
    await withContainerd(configuration, state, (socket) =>
      command(['ctr', '-a', socket, '-n', 'k8s.io', 'images', 'import', '--snapshotter', template.snapshotter, archive]),
    );
    if (!existsSync(template.folder)) renameSync(root, template.folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Its mounts are its own, so that none stays when this process is ended. */
async function withContainerd(configuration: string, state: string, work: (socket: string) => Promise<unknown>): Promise<void> {
  const log = join(state, '..', 'log');
  const child = spawn('unshare', ['--mount', 'sh', '-c', 'exec containerd --config "$1" >"$2" 2>&1', 'sh', configuration, log]);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const socket = join(state, 'containerd.sock');
  try {
    for (let attempt = 0; !existsSync(socket); attempt += 1) {
      if (child.exitCode !== null || attempt > 600) throw new Error(`containerd does not start:\n${readFileSync(log, 'utf8')}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await work(socket);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}
