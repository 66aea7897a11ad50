import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { whenReached } from './command-facts.ts';
import { readFlags } from './given-flags.ts';
import { addFlags, addLocalFlags } from './options.ts';
import { runProgram } from './program.ts';
import { readCommandLine } from './spellings.ts';

interface Seen {
  readonly command: string;
  readonly flags: Readonly<Record<string, unknown>>;
  readonly args: readonly string[];
}

/** A program whose commands tell what reached them through commander. */
function makeProgram(seen: Seen[]): Command {
  const program = new Command('app');
  addFlags(program, [{ name: 'v', short: 'v', type: 'integer', description: '' }]);
  const record = (command: Command) =>
    command.allowExcessArguments().action(async () => {
      seen.push({ command: command.name(), flags: readFlags(command).flags, args: command.args });
    });
  const config = { name: 'config', type: 'string', description: '' } as const;
  const init = record(program.command('init'));
  addLocalFlags(init, [
    config,
    { name: 'dry-run', type: 'boolean', description: '' },
    { name: 'force', short: 'f', type: 'boolean', description: '' },
    { name: 'yes', short: 'y', type: 'boolean', description: '' },
    { name: 'skip-phases', alias: 'skip', type: 'list', description: '' },
  ]);
  const phase = record(init.command('phase').alias('phases'));
  addLocalFlags(phase, [config, { name: 'keyfile', type: 'string', description: '' }]);
  record(program.command('foreign').option('-x, --extra <value>').option('--bare').option('--when [time]'));
  return program;
}

async function read(words: readonly string[]): Promise<Seen> {
  const seen: Seen[] = [];
  const problems: string[] = [];
  await runProgram(makeProgram(seen), words, {
    report: (list) => {
      problems.push(...list.map(({ summary }) => summary));
    },
  });
  expect(problems).toEqual([]);
  const [first] = seen;
  if (first === undefined) throw new Error('no command was reached');
  return first;
}

async function problemsOf(words: readonly string[]): Promise<readonly string[]> {
  const problems: string[] = [];
  await runProgram(makeProgram([]), words, {
    report: (list) => {
      problems.push(...list.map(({ summary }) => summary));
    },
  });
  return problems;
}

describe('spellings of flags, through commander', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string[]?]>([
    ['--config=x', { config: 'x' }],
    ['--config x', { config: 'x' }],
    ['--config=', { config: '' }],
    ['--config a=b', { config: 'a=b' }],
    ['--config=a=b', { config: 'a=b' }],
    ['--config --dry-run', { config: '--dry-run' }],
    ['--config -', { config: '-' }],
    ['--config=a --config=b', { config: 'b' }],
    ['--dry-run', { 'dry-run': true }],
    ['--dry-run=true', { 'dry-run': true }],
    ['--dry-run=false', { 'dry-run': false }],
    ['--dry-run=true --dry-run=false', { 'dry-run': false }],
    ['--dry-run extra', { 'dry-run': true }, ['extra']],
    ['--dry-run false', { 'dry-run': true }, ['false']],
    ['extra --dry-run', { 'dry-run': true }, ['extra']],
    ['--skip-phases=a,b --skip-phases c', { 'skip-phases': ['a', 'b', 'c'] }],
    ['--skip a --skip-phases b', { 'skip-phases': ['a', 'b'] }],
    ['--skip-phases="a,b"', { 'skip-phases': ['a,b'] }],
    ['--skip-phases=', { 'skip-phases': [] }],
    ['-v=5', { v: 5 }],
    ['-v 5', { v: 5 }],
    ['-v5', { v: 5 }],
    ['--v=5', { v: 5 }],
    ['--v 5', { v: 5 }],
    ['-v -1', { v: -1 }],
    ['-f', { force: true }],
    ['-f=false', { force: false }],
    ['-fy', { force: true, yes: true }],
    ['-fyv5', { force: true, yes: true, v: 5 }],
    ['-fv 5', { force: true, v: 5 }],
    ['-fy=false extra', { force: true, yes: false }, ['extra']],
    ['-- --config x', {}, ['--config', 'x']],
    ['--dry-run -- a', { 'dry-run': true }, ['a']],
    ['-', {}, ['-']],
    ['', {}],
  ])('init %s', async (line, flags, args = []) => {
    const words = line === '' ? [] : line.split(' ');
    expect(await read(['init', ...words])).toEqual({ command: 'init', flags, args });
  });

  test.each<[string, Seen]>([
    ['-v 5 init', { command: 'init', flags: { v: 5 }, args: [] }],
    ['init --config x phase', { command: 'phase', flags: { config: 'x' }, args: [] }],
    ['init phase --config x', { command: 'phase', flags: { config: 'x' }, args: [] }],
    ['init phases -v5', { command: 'phase', flags: { v: 5 }, args: [] }],
    ['init --keyfile k phase', { command: 'phase', flags: { keyfile: 'k' }, args: [] }],
    ['init extra phase', { command: 'init', flags: {}, args: ['extra', 'phase'] }],
    ['foreign -xvalue --bare', { command: 'foreign', flags: { extra: 'value', bare: true }, args: [] }],
    ['foreign -x=value a', { command: 'foreign', flags: { extra: 'value' }, args: ['a'] }],
    ['foreign --when --bare', { command: 'foreign', flags: { when: true, bare: true }, args: [] }],
    ['foreign --when noon', { command: 'foreign', flags: { when: 'noon' }, args: [] }],
  ])('%s', async (line, expected) => {
    expect(await read(line.split(' '))).toEqual(expected);
  });

  test.each<[string, string[]]>([
    ['init --dry-run=maybe', ['invalid argument "maybe" for "--dry-run" flag: neither true nor false']],
    ['init --dry-run=maybe --v=x', expect.arrayContaining([expect.stringContaining('"maybe"'), expect.stringContaining('"-v, --v"')])],
    ['init --config', ['flag needs an argument: --config']],
    ['init -v', ['flag needs an argument: --v']],
    ['init --bogus', ['unknown flag: --bogus']],
    ['init --dry_run', ['unknown flag: --dry_run']],
    ['init --dry', ['unknown flag: --dry']],
    ['init --one --two=secret', ['unknown flag: --one', 'unknown flag: --two']],
    ['init -fz', ['unknown shorthand flag: "z" in -z']],
    ['init phase --dry-run', ['unknown flag: --dry-run']],
    ['--config x init phase --force', ['unknown flag: --force']],
    ['bogus', ['unknown command "bogus" for "app"']],
    ['foreign --bare=false', ['unknown flag: --bare']],
  ])('%s is refused', async (line, problems) => {
    expect(await problemsOf(line.split(' '))).toEqual(problems);
  });
});

describe('readCommandLine', () => {
  test('writes every flag behind the command that owns it, arguments last', async () => {
    const line = await readCommandLine(makeProgram([]), ['init', '--config', 'x', 'phase', 'a', '-v5', '--config=y']);
    expect(line.argv).toEqual(['--v=5', 'init', 'phase', '--config=x', '--config=y', '--', 'a']);
    expect(line.command.name()).toBe('phase');
  });

  test('takes "help WORD…" as "WORD… --help"', async () => {
    const line = await readCommandLine(makeProgram([]), ['help', 'init', 'phase']);
    expect(line.argv).toEqual(['init', 'phase', '--help']);
  });

  test('completes commands once, on the way, with the words behind them', async () => {
    const program = new Command('app');
    const reached: string[] = [];
    const outer = program.command('outer');
    whenReached(outer, async (rest) => {
      reached.push(`outer ${rest.join(' ')}`);
      await Promise.resolve();
      whenReached(outer, () => void reached.push('outer again'));
      whenReached(outer.command('inner'), (words) => void reached.push(`inner ${words.join(' ')}`));
    });
    whenReached(program.command('other'), () => void reached.push('other'));
    for (const words of [['outer', '--x', 'inner', 'z'], ['outer']]) await readCommandLine(program, words);
    expect(reached).toEqual(['outer --x inner z', 'outer again', 'inner --x z']);
  });
});
