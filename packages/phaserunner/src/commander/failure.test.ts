import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../problems.ts';
import { ioOf } from './surroundings.ts';
import { runProgram } from './program.ts';
import { outputIn } from './spellings.ts';
import { pour, quietSignals, teaProgram } from './tea.cases.ts';

interface Told {
  readonly status: string;
  readonly words: readonly string[];
  readonly problems: readonly { readonly code: string; readonly retryable: boolean }[];
}

const nowhere = { write: () => undefined };

const documentOf = (text: string): Told => JSON.parse(text) as Told;

/** Runs `go -o OUTPUT` of a program whose action is `action`. */
async function go(output: string, action: (print: (text: string) => void) => void | Promise<void>, signals = quietSignals()) {
  const out = { stdout: '', stderr: '' };
  const program = new Command('app');
  const command = program.command('go').option('-o, --output <FORMAT>');
  command.action(() => action((text) => ioOf(command).stdout.write(text)));
  const code = await runProgram(program, ['go', '-o', output], {
    io: {
      stdout: { write: (text) => void (out.stdout += text) },
      stderr: { write: (text) => void (out.stderr += text) },
      environment: {},
    },
    signals,
    documents: { words: ({ words }: { readonly words?: readonly string[] } = {}) => `${words?.join('+')}\n` } as never,
  });
  return { code, ...out, signals };
}

describe('a command that fails before it has printed anything', () => {
  test.each([
    ['bew -o json', 'COMMAND_UNKNOWN', ['tea']],
    ['bew --output=json', 'COMMAND_UNKNOWN', ['tea']],
    ['brew -o json --bogus', 'FLAG_UNKNOWN', ['tea', 'brew']],
    ['brew --bogus x -o=json', 'FLAG_UNKNOWN', ['tea', 'brew']],
    ['brew --sugar=x -ojson', 'FLAG_VALUE_INVALID', ['tea', 'brew']],
    ['brew -o json --sugar', 'FLAG_VALUE_INVALID', ['tea', 'brew']],
    ['brew -o json phase', 'SUBCOMMAND_REQUIRED', ['tea', 'brew', 'phase']],
    ['brew -o json phase milk', 'COMMAND_UNKNOWN', ['tea', 'brew', 'phase']],
    ['brew phase cup --bogus -o json', 'FLAG_UNKNOWN', ['tea', 'brew', 'phase', 'cup']],
    ['brew -o json --only milk', 'PHASE_UNKNOWN', ['tea', 'brew']],
    ['shop -o json', 'FLAG_UNKNOWN', ['tea', 'shop']],
    ['shop open -o json', 'FLAG_UNKNOWN', ['tea', 'shop', 'open']],
  ])('tells programs: "%s" is %s', async (line, code, words) => {
    const { code: exit, stdout, stderr } = await pour(line.split(' '));
    expect(exit).toBe(1);
    expect(documentOf(stdout)).toMatchObject({ status: 'failed', words, problems: [{ code, retryable: false }] });
    expect(stderr).toContain(`code: ${code}`);
  });

  test('ends a stream of events in run-end', async () => {
    const { stdout } = await pour(['brew', '-o', 'jsonl', '--bogus']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({ sequence: 1, type: 'run-end', status: 'failed', problems: [{ code: 'FLAG_UNKNOWN' }] });
  });

  test('prints nothing for programs where a form for people, or none that exists, is asked for', async () => {
    for (const output of ['text', 'tree', 'plain', 'jsom']) {
      expect((await pour(['brew', '-o', output, '--bogus'])).stdout).toBe('');
    }
  });

  test('prints nothing more when it has printed its own document', async () => {
    const { code, stdout } = await go('json', (print) => {
      print('{"own":true}\n');
      throw new ProblemError({ code: 'X', summary: 'x' });
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '{"own":true}\n' });
  });

  test('uses the formats of the application, whatever their case', async () => {
    expect((await go('WORDS', () => Promise.reject(new Error('broken')))).stdout).toBe('app+go\n');
  });
});

describe('a signal before or without a run', () => {
  test('ends the process, and programs are told', async () => {
    const signals = quietSignals();
    const { stdout } = await go('json', () => signals.send('SIGTERM'), signals);
    expect(signals.exits).toEqual([143]);
    expect(documentOf(stdout)).toMatchObject({ status: 'cancelled', problems: [{ code: 'RUN_CANCELLED', retryable: true }] });
  });

  test('is left to the system when nobody reads the answer, and afterwards', async () => {
    const heard: number[] = [];
    const signals = quietSignals();
    await go('text', () => void heard.push(signals.handlers()), signals);
    await go('json', () => void heard.push(signals.handlers()), signals);
    expect([...heard, signals.handlers()]).toEqual([0, 2, 0]);
  });

  test('is left to the system while standard input is read, which may hold up the process', async () => {
    const signals = quietSignals();
    const heard: number[] = [];
    const program = new Command('app');
    const command = program.command('go').option('-o, --output <FORMAT>');
    command.action(async () => void (await ioOf(command).stdin?.readText(1)));
    const stdin = { isTTY: false, readText: async () => String(heard.push(signals.handlers())) };
    await runProgram(program, ['go', '-o', 'json'], { io: { stdin, stdout: nowhere, stderr: nowhere, environment: {} }, signals });
    expect(heard).toEqual([0]);
  });

  test('sent a second time during a run, ends the stream of events', async () => {
    const signals = quietSignals();
    let stdout = '';
    const program = teaProgram();
    const write = (text: string): void => {
      stdout += text;
      if (!text.includes('"phase-start"') || signals.exits.length > 0) return;
      signals.send('SIGINT');
      signals.send('SIGINT');
    };
    await runProgram(program, ['brew', '-o', 'jsonl'], {
      io: { stdout: { write }, stderr: { write: () => undefined }, environment: {} },
      signals,
    });
    const types = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly type: string }).type);
    expect(signals.exits).toEqual([130]);
    expect(types.at(types.indexOf('phase-start') + 1)).toBe('run-end');
  });
});

test.each([
  ['-o json', 'json'],
  ['-o=json', 'json'],
  ['-ojson', 'json'],
  ['--output json', 'json'],
  ['--output=jsonpath={.a}', 'jsonpath={.a}'],
  ['-o json -o yaml', 'yaml'],
  ['-o json -- -o yaml', 'json'],
  ['-o', undefined],
  ['--outputs json', undefined],
])('"%s" asks for the format %s', (line, output) => {
  expect(outputIn(line.split(' '))).toBe(output);
});
