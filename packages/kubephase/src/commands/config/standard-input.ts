/** Standard input as a configuration file: `-` in place of a path. */
import type { CommandIo } from 'phaserunner/commander';
import { maxTextLength } from '../../formats/yaml/text.ts';
import type { Host } from '../../host/port.ts';
import { failure } from '../../problems/catalogue.ts';

/** Path under which standard input is read, and its name in messages. No file has it: paths are absolute. */
export const standardInputName = '<stdin>';

/**
 * Returns a host that has standard input as a file.
 * @param flag name of the flag that was given `-`
 * @throws ProblemError `STDIN_UNUSABLE` when a person would have to type the file
 */
export async function withStandardInput(host: Host, { stdin }: CommandIo, flag: string): Promise<Host> {
  if (stdin === undefined || stdin.isTTY === true) {
    throw failure('STDIN_UNUSABLE', {
      summary: `--${flag} is -, but standard input is ${stdin === undefined ? 'not available' : 'a terminal'}`,
      remedy: `Send a file (< cluster.yaml) or the output of a program (… |) to standard input, or name a file with --${flag}.`,
      where: { object: `--${flag}` },
    });
  }
  // One byte more than may be read tells the loader that the text is too large.
  return withFile(host, await stdin.readText(maxTextLength + 1));
}

function withFile(host: Host, text: string): Host {
  const { files } = host;
  const content = new TextEncoder().encode(text);
  const status = { type: 'file', mode: 0o644, owner: { uid: 0, gid: 0 }, size: content.length } as const;
  return {
    ...host,
    files: {
      ...files,
      read: async (path) => (path === standardInputName ? content : files.read(path)),
      readText: async (path) => (path === standardInputName ? text : files.readText(path)),
      status: async (path) => (path === standardInputName ? status : files.status(path)),
    },
  };
}
