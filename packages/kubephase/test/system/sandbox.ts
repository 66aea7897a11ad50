/** An empty root file system and the built program to run in it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** User and group that the program runs as. */
  readonly uid?: number;
  readonly cwd?: string;
  readonly input?: string;
}

export interface Sandbox {
  readonly root: string;
  write(path: string, content: string, mode?: number): void;
  read(path: string): string;
  /** Every path below the root with mode and content, for comparing before and after. */
  snapshot(): ReadonlyMap<string, string>;
  run(args: readonly string[], options?: RunOptions): Outcome;
  remove(): void;
}

/** @param command executable and leading arguments of the program */
export function createSandbox(command: readonly string[]): Sandbox {
  const root = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const at = (path: string): string => join(root, path);
  return {
    root,
    write(path, content, mode = 0o644) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
      chmodSync(at(path), mode);
    },
    read: (path) => readFileSync(at(path), 'utf8'),
    snapshot: () => snapshot(root),
    run: (args, options = {}) => runProgram([...command, ...args], options),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** Environment without what would change results: proxies, colours, settings. */
export function cleanEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/_proxy$|^NO_COLOR$|^FORCE_COLOR$|^KUBEPHASE_|^KUBEADM_|^KUBECONFIG$/i.test(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, value ?? '']));
}

function runProgram([file = '', ...args]: readonly string[], { environment = {}, uid, cwd, input }: RunOptions): Outcome {
  const { status, stdout, stderr, signal } = spawnSync(file, args, {
    encoding: 'utf8',
    env: { ...cleanEnvironment(), ...environment },
    ...(uid === undefined ? {} : { uid, gid: uid }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? { stdio: ['ignore', 'pipe', 'pipe'] } : { input }),
  });
  return { exitCode: status ?? (signal === null ? -1 : 128), stdout, stderr };
}

function snapshot(root: string): ReadonlyMap<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).map((entry) =>
    join(entry.parentPath ?? entry.path, entry.name),
  );
  return new Map(
    entries.sort().map((path) => {
      const status = statSync(path);
      const mode = (status.mode & 0o7777).toString(8);
      return [
        `/${relative(root, path)}`,
        status.isDirectory() ? `${mode} directory` : `${mode} ${status.uid} ${readFileSync(path).toString('base64')}`,
      ];
    }),
  );
}
