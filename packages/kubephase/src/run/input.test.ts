import { resolve } from 'node:path';
import type { CommandInput } from 'phaserunner/commander';
import { describe, expect, it } from 'vitest';
import { memoryMachine } from '../../test/fixtures/command-line.ts';
import { maxTextLength } from '../formats/yaml/text.ts';
import type { RealHostOptions } from '../host/real/host.ts';
import { readInput, standardInputName, type Input } from './input.ts';

interface Given {
  readonly config?: string;
  readonly rootfs?: string;
  readonly stdin?: CommandInput;
}

interface Read extends Input {
  /** With what the machine was opened. */
  readonly opened: readonly RealHostOptions[];
}

async function read({ stdin, ...flags }: Given): Promise<Read> {
  const machine = memoryMachine({ machine: { files: { '/etc/cluster.yaml': 'of the disk' } } });
  const opened: RealHostOptions[] = [];
  const silent = { write: () => undefined };
  const input = await readInput(
    { ...machine, openHost: async (options) => (opened.push(options), machine.host) },
    { io: { stdout: silent, stderr: silent, environment: { HOME: '/root' }, ...(stdin && { stdin }) }, flags, fileFlag: 'config' },
  );
  return { ...input, opened };
}

const piped = (text: string): CommandInput => ({ readText: async (maxBytes) => text.slice(0, maxBytes) });

describe('the file that a command reads', () => {
  it.each([
    ['not named', {}],
    ['named with an empty path', { config: '' }],
  ])('is none when it is %s', async (_, given) => {
    const { file, typed, host, base } = await read(given);
    expect({ file, typed }).toEqual({ file: undefined, typed: undefined });
    expect(host).toBe(base);
  });

  it.each([
    ['an absolute path', { config: '/etc/cluster.yaml' }, '/etc/cluster.yaml'],
    ['an absolute path below another root', { config: '/etc/cluster.yaml', rootfs: '/image' }, '/etc/cluster.yaml'],
    ['a relative path', { config: './cluster.yaml' }, resolve('cluster.yaml')],
    ['a relative path below another root', { config: 'etc/../cluster.yaml', rootfs: '/image' }, '/cluster.yaml'],
  ])('is found with %s', async (_, given, expected) => {
    const { file, typed, host, base } = await read(given);
    expect({ file, typed }).toEqual({ file: expected, typed: given.config });
    expect(host).toBe(base);
  });

  it('does not touch standard input unless it is asked for', async () => {
    const stdin: CommandInput = { readText: () => Promise.reject(new Error('nobody asked')) };
    expect((await read({ config: '/etc/cluster.yaml', stdin })).file).toBe('/etc/cluster.yaml');
  });

  it('is on the machine that the root folder and the environment describe', async () => {
    expect((await read({ rootfs: '/image' })).opened).toEqual([{ environment: { HOME: '/root' }, rootfs: '/image' }]);
    expect((await read({})).opened).toEqual([{ environment: { HOME: '/root' } }]);
  });

  it('is the one of the flag that is named', async () => {
    const { host } = memoryMachine();
    const silent = { write: () => undefined };
    const input = await readInput(
      { ...memoryMachine(), openHost: async () => host },
      { io: { stdout: silent, stderr: silent, environment: {} }, flags: { config: '/a', 'old-config': '/b' }, fileFlag: 'old-config' },
    );
    expect(input.file).toBe('/b');
  });
});

describe('standard input', () => {
  const text = 'kind: Späße\n';

  it('is a file of the machine when something comes through a pipe', async () => {
    const { host, file, typed } = await read({ config: '-', stdin: piped(text) });
    expect([file, typed]).toEqual([standardInputName, standardInputName]);
    expect(await host.files.readText(standardInputName)).toBe(text);
    expect(new TextDecoder().decode(await host.files.read(standardInputName))).toBe(text);
    // Two letters have two bytes.
    expect(await host.files.status(standardInputName)).toMatchObject({ type: 'file', size: text.length + 2 });
  });

  it('may be empty', async () => {
    const { host } = await read({ config: '-', stdin: piped('') });
    expect(await host.files.readText(standardInputName)).toBe('');
    expect(await host.files.status(standardInputName)).toMatchObject({ type: 'file', size: 0 });
  });

  it('leaves the rest of the machine as it is', async () => {
    const { host, base } = await read({ config: '-', stdin: piped(text) });
    const { files, ...rest } = host;
    const { files: baseFiles, ...baseRest } = base;
    expect(rest).toEqual(baseRest);
    expect(await files.readText('/etc/cluster.yaml')).toBe('of the disk');
    expect(await files.read('/etc/cluster.yaml')).toEqual(await baseFiles.read('/etc/cluster.yaml'));
    expect(await files.status('/etc/cluster.yaml')).toEqual(await baseFiles.status('/etc/cluster.yaml'));
    await files.write({ path: '/etc/new', content: 'written', mode: 0o600 });
    expect(await baseFiles.readText('/etc/new')).toBe('written');
  });

  it('is no file of the machine itself', async () => {
    const { base } = await read({ config: '-', stdin: piped(text) });
    await expect(base.files.readText(standardInputName)).rejects.toMatchObject({ problem: { code: 'PATH_NOT_ABSOLUTE' } });
  });

  it('is read up to one byte more than a configuration may have, so that its size tells', async () => {
    const limits: number[] = [];
    const stdin: CommandInput = { readText: async (maxBytes) => (limits.push(maxBytes), 'x'.repeat(maxBytes)) };
    const { host } = await read({ config: '-', stdin });
    expect(limits).toEqual([maxTextLength + 1]);
    expect((await host.files.status(standardInputName))?.size).toBe(maxTextLength + 1);
  });

  it.each<[string, Given]>([
    ['a terminal', { config: '-', stdin: { isTTY: true, readText: () => Promise.reject(new Error('nobody types')) } }],
    ['not available', { config: '-' }],
  ])('is refused when it is %s', async (what, given) => {
    await expect(read(given)).rejects.toMatchObject({
      problem: { code: 'STDIN_UNUSABLE', summary: `--config is -, but standard input is ${what}`, where: { object: '--config' } },
    });
  });
});
