import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { ProblemError, type Problem } from '../problems.ts';
import { readFlags } from './given-flags.ts';
import { addFlags } from './options.ts';
import { runProgram } from './program.ts';
import { setExitCode } from './surroundings.ts';
import { pour, quietSignals, teaProgram } from './tea.cases.ts';

/** Problems that are reported when the action of a command throws `error`. */
async function thrown(error: Error): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  const program = new Command('app');
  program.command('go').action(() => {
    throw error;
  });
  await runProgram(program, ['go'], { report: (list) => void problems.push(...list) });
  return problems;
}

describe('runProgram', () => {
  test.each<[string, string, string]>([
    ['bew', 'unknown command "bew" for "tea"', 'did you mean brew?'],
    ['brew --recipee x', 'unknown flag: --recipee', 'did you mean --recipe?'],
    ['brew -q', 'unknown shorthand flag: "q" in -q', 'see "tea brew --help"'],
    ['brew --recipe', 'flag needs an argument: --recipe', 'see "tea brew --help"'],
    ['brew --house', 'flag needs an argument: --house', 'see "tea brew --help"'],
    ['shop clse', 'unknown command "clse" for "tea shop"', 'see "tea shop --help"'],
    ['shop opne', 'unknown command "opne" for "tea shop"', 'did you mean open?'],
    ['shop open', 'argument door of "tea shop open" is missing', 'see "tea shop open --help"'],
    ['shop open front back', 'accepts at most 1 arg(s), received 2', 'see "tea shop open --help"'],
  ])('"%s" fails with "%s" and the remedy "%s"', async (line, summary, remedy) => {
    const result = await pour(line.split(' '));
    expect(result.code).toBe(1);
    expect(result.stderr).toContain(`error: ${summary}\n`);
    expect(result.stderr).toContain(`remedy: ${remedy}`);
    expect(result.stdout).toBe('');
  });

  test('never prints the value behind an unknown flag', async () => {
    expect((await pour(['brew', '--toke=geheim'])).stderr).not.toContain('geheim');
  });

  test.each<[string, string]>([
    ['brew -- phase water', 'phase'],
    ['brew -- phase nonsense', 'phase'],
    ['shop -- open front', 'open'],
    ['-- brew', 'brew'],
    ['-- help', 'help'],
  ])('"%s" names no sub-command behind "--"', async (line, word) => {
    const result = await pour(line.split(' '));
    expect(result).toMatchObject({ code: 1, stdout: '', log: [] });
    expect(result.stderr).toContain(`unexpected argument "${word}"`);
    expect(result.stderr).toContain('code: ARGUMENT_UNEXPECTED');
  });

  test('a command that takes arguments takes those that are called like its sub-commands', async () => {
    expect((await pour(['brew', 'phase', '--', 'cup'])).log).toEqual((await pour(['brew', 'phase', 'cup'])).log);
  });

  test.each(['brew phase', 'brew', 'shop', 'brew --only', 'brew --nothing='])(
    '"%s" and a word of 100,000 letters ends at once',
    async (line) => {
      const words = line.split(' ');
      const long = 'x'.repeat(100_000);
      const result = await pour(line.endsWith('=') ? [...words.slice(0, -1), `--${long}`] : [...words, long]);
      expect(result.code).toBe(1);
      expect(result.stderr.length).toBeLessThan(1000);
    },
  );

  test.each([
    ['--help'],
    ['brew', '--help'],
    ['brew', 'phase', '--list'],
    ['brew', '-o', 'jsonl'],
    ['brew', '-o', 'json'],
    ['__complete', ''],
  ])('standard output that cannot be written is a failure: %s %s %s', async (...words) => {
    const told: Problem[] = [];
    const stdout = {
      write: () => {
        throw new Error('no space left');
      },
    };
    const code = await runProgram(teaProgram(), words, {
      io: { stdout, stderr: { write: () => undefined }, environment: {} },
      signals: quietSignals(),
      report: (problems) => void told.push(...problems),
      exitCodeOf: () => 5,
    });
    expect(code).toBe(5);
    expect(told).toMatchObject([{ code: 'OUTPUT_UNWRITABLE', cause: { message: 'no space left' } }]);
  });

  test('a failure of the command keeps its exit code when standard output cannot be written either', async () => {
    const stdout = {
      write: () => {
        throw new Error('no space left');
      },
    };
    const code = await runProgram(teaProgram(), ['brew', 'phase'], {
      io: { stdout, stderr: { write: () => undefined }, environment: {} },
      exitCodeOf: ([first]) => (first?.code === 'OUTPUT_UNWRITABLE' ? 5 : 2),
    });
    expect(code).toBe(2);
  });

  test('a value for a secret flag is not quoted', async () => {
    const program = new Command('app');
    const go = program.command('go').action(() => void readFlags(go));
    addFlags(go, [{ name: 'pin', type: 'integer', description: '', secret: true }]);
    const problems: Problem[] = [];
    await runProgram(program, ['go', '--pin', 'hunter2'], { report: (list) => void problems.push(...list) });
    expect(problems).toMatchObject([{ summary: 'invalid argument for "--pin" flag' }]);
  });

  test.each<[string, string]>([
    ['bew', 'COMMAND_UNKNOWN'],
    ['shop', 'SUBCOMMAND_REQUIRED'],
    ['brew phase', 'SUBCOMMAND_REQUIRED'],
    ['brew --bogus', 'FLAG_UNKNOWN'],
    ['brew --sugar=x', 'FLAG_VALUE_INVALID'],
    ['brew --sugar', 'FLAG_VALUE_INVALID'],
    ['shop open a b', 'ARGUMENT_UNEXPECTED'],
    ['shop open', 'ARGUMENT_MISSING'],
    ['brew pot', 'COMMAND_UNKNOWN'],
  ])('"%s" has the code %s', async (line, code) => {
    const codes: string[] = [];
    const exit = await runProgram(teaProgram(), line.split(' '), {
      io: { stdout: { write: () => undefined }, stderr: { write: () => undefined }, environment: {} },
      report: (problems) => void codes.push(...problems.map((problem) => problem.code)),
      exitCodeOf: (problems) => (problems[0]?.code === code ? 64 : 1),
    });
    expect(codes).toEqual([code]);
    expect(exit).toBe(64);
  });

  test('reports problems that an action throws, and anything else as a failed command', async () => {
    expect(await thrown(new ProblemError({ code: 'X', summary: 'x' }))).toEqual([{ code: 'X', summary: 'x' }]);
    expect(await thrown(new Error('broken'))).toMatchObject([{ code: 'COMMAND_FAILED', summary: 'broken' }]);
  });

  test('refusals of options that the application made itself become problems as well', async () => {
    const problems: Problem[] = [];
    const program = new Command('app');
    const go = program.command('go').action(() => undefined);
    go.addOption(go.createOption('--size <SIZE>').choices(['s', 'm']).conflicts('all')).option('--all');
    const report = (list: readonly Problem[]) => void problems.push(...list);
    await runProgram(program, ['go', '--size', 'x'], { report });
    await runProgram(program, ['go', '--size', 's', '--all'], { report });
    program
      .command('need')
      .requiredOption('--client-name <NAME>')
      .action(() => undefined);
    await runProgram(program, ['need'], { report });
    expect(problems).toMatchObject([
      { code: 'FLAG_VALUE_INVALID', summary: 'invalid argument "x" for "--size" flag: Allowed choices are s, m.' },
      { code: 'FLAG_CONFLICT' },
      { code: 'FLAG_VALUE_INVALID', summary: 'required flag(s) "client-name" not set' },
    ]);
  });

  test('returns the exit code that an action sets', async () => {
    const program = new Command('app');
    const go = program.command('go').action(() => setExitCode(go, 3));
    expect(await runProgram(program, ['go'])).toBe(3);
  });

  test('can run one program several times', async () => {
    const program = teaProgram();
    const io = { stdout: { write: () => undefined }, stderr: { write: () => undefined }, environment: {} };
    const codes: number[] = [];
    for (const line of ['brew phase cup', 'brew phase nothing', 'brew --sugar=x', 'brew phase water fill']) {
      codes.push(await runProgram(program, line.split(' '), { io, signals: quietSignals() }));
    }
    expect(codes).toEqual([0, 1, 1, 0]);
  });

  test('makes sub-commands only for the phases on the way', async () => {
    const program = teaProgram();
    const made = (command: Command): number => command.commands.reduce((sum, child) => sum + 1 + made(child), 0);
    const before = made(program);
    const io = { stdout: { write: () => undefined }, stderr: { write: () => undefined }, environment: {} };
    await runProgram(program, ['brew', '--only', 'cup'], { io, signals: quietSignals() });
    expect(made(program)).toBe(before);
    await runProgram(program, ['brew', 'phase', 'cup'], { io, signals: quietSignals() });
    expect(made(program)).toBe(before + 3);
  });
});
