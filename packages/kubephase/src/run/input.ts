/** The file that a command reads: on the machine, below another root folder, or from standard input. */
import { isAbsolute, resolve } from 'node:path';
import type { CommandIo } from 'phaserunner/commander';
import { maxTextLength } from '../formats/yaml/text.ts';
import type { Host } from '../host/port.ts';
import { failure } from '../problems/catalogue.ts';
import type { Machine } from './machine.ts';

/** Path under which standard input is read, and its name in messages. No file has it: paths are absolute. */
export const standardInputName = '<stdin>';

/** Ways to say it. */
const standardInputPaths = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

export interface InputRequest {
  readonly io: CommandIo;
  readonly flags: { readonly rootfs?: string | undefined; readonly [name: string]: unknown };
  /** Name of the flag that names the file. */
  readonly fileFlag: string;
  /** Ends the waiting for standard input. */
  readonly signal?: AbortSignal;
}

export interface Input {
  /** The machine. */
  readonly base: Host;
  /** The machine, with standard input as a file when it is read. */
  readonly host: Host;
  /** Where to read: an absolute path, or the name of standard input; undefined when no file was named. */
  readonly file: string | undefined;
  /** The same as it was typed. */
  readonly typed: string | undefined;
}

/** @throws ProblemError `STDIN_UNUSABLE` when a person would have to type the file */
export async function readInput(machine: Machine, { io, flags, fileFlag, signal }: InputRequest): Promise<Input> {
  const { rootfs, [fileFlag]: typed } = flags;
  const base = await machine.openHost({ environment: io.environment, ...(rootfs === undefined ? {} : { rootfs }) });
  // An empty path counts as none, as with kubeadm.
  if (typeof typed !== 'string' || typed === '') return { base, host: base, file: undefined, typed: undefined };
  if (standardInputPaths.has(typed)) {
    return {
      base,
      host: withFile(base, standardInputName, await readStandardInput(io, fileFlag, signal)),
      file: standardInputName,
      typed: standardInputName,
    };
  }
  const pipe = await machine.openPipe?.(typed);
  const host = pipe === undefined ? base : withFile(base, typed, await pipe.readText(maxTextLength + 1, signal));
  return { base, host, file: absolutePath(typed, rootfs), typed };
}

/** Absolute form of a path that a user gave. With a root folder the working directory is that root, as after chroot(2). */
export function absolutePath(path: string, rootfs: string | undefined): string {
  return rootfs === undefined || isAbsolute(path) ? resolve(path) : resolve('/', path);
}

async function readStandardInput({ stdin }: CommandIo, flag: string, signal: AbortSignal | undefined): Promise<string> {
  if (stdin === undefined || stdin.isTTY === true) {
    throw failure('STDIN_UNUSABLE', {
      summary: `--${flag} is -, but standard input is ${stdin === undefined ? 'not available' : 'a terminal'}`,
      remedy: `Send a file (< cluster.yaml) or the output of a program (… |) to standard input, or name a file with --${flag}.`,
      where: { object: `--${flag}` },
    });
  }
  // One byte more than may be read tells the loader that the text is too large.
  return stdin.readText(maxTextLength + 1, signal);
}

/** Returns `host` with a file of this content at `name`. */
function withFile(host: Host, name: string, text: string): Host {
  const { files } = host;
  const content = new TextEncoder().encode(text);
  const status = { type: 'file', mode: 0o644, owner: { uid: 0, gid: 0 }, size: content.length } as const;
  return {
    ...host,
    files: {
      ...files,
      read: async (path, maxBytes) => (path === name ? content : files.read(path, maxBytes)),
      readText: async (path, maxBytes) => (path === name ? text : files.readText(path, maxBytes)),
      status: async (path) => (path === name ? status : files.status(path)),
    },
  };
}
