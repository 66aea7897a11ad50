import { describe, expect, test } from 'vitest';
import { signalExitCodes, withSignals, type EndingSignal, type SignalSource } from './signals.ts';
import { runProgram } from './program.ts';
import { pour, quietSignals, teaProgram, type Tea } from './tea.cases.ts';

const signals = Object.keys(signalExitCodes) as readonly EndingSignal[];

describe('withSignals', () => {
  test.each(signals)('the first %s aborts the run and tells so', async (signal) => {
    const source = quietSignals();
    const said: string[] = [];
    const outcome = await withSignals(
      source,
      (abort) => {
        source.send(signal);
        return Promise.resolve(abort.aborted);
      },
      { atFirst: (line) => said.push(line) },
    );
    expect(outcome).toEqual({ value: true, signal });
    expect(said).toEqual([expect.stringContaining(signal)]);
    expect(source.exits).toEqual([]);
  });

  test.each<[EndingSignal, EndingSignal, number]>([
    ['SIGINT', 'SIGINT', 130],
    ['SIGINT', 'SIGTERM', 143],
    ['SIGTERM', 'SIGINT', 130],
  ])('%s and then %s ends the process at once with %i', async (first, second, code) => {
    const source = quietSignals();
    const exitsBefore: (readonly number[])[] = [];
    const run = () => {
      source.send(first);
      source.send(second);
      return Promise.resolve();
    };
    await withSignals(source, run, { atSecond: () => exitsBefore.push([...source.exits]) });
    expect(source.exits).toEqual([code]);
    expect(exitsBefore).toEqual([[]]);
  });

  test('without a signal nothing is told', async () => {
    expect(await withSignals(quietSignals(), () => Promise.resolve(1))).toEqual({ value: 1 });
  });

  test('the handlers are removed afterwards, also after an error', async () => {
    const source = quietSignals();
    await withSignals(source, () => Promise.resolve(expect(source.handlers()).toBe(2)));
    await expect(withSignals(source, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(source.handlers()).toBe(0);
  });
});

describe('a run that is interrupted', () => {
  test.each<[EndingSignal, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('by %s stops and exits with %i', async (signal, code) => {
    const signalSource = quietSignals();
    const log: string[] = [];
    const scope = (_: unknown, task: { readonly path: string }) => {
      if (task.path === 'water') signalSource.send(signal);
      return { log };
    };
    const binding = { open: () => ({ context: { log }, scope }) };
    const result = await pour(['brew'], { signals: signalSource, binding });
    expect(result.code).toBe(code);
    expect(log).not.toContain('cup');
    expect(result.stderr).toContain(`${signal} received`);
    expect(result.stderr).toContain('--from ');
  });

  test('twice leaves the terminal as it was', async () => {
    const signalSource = quietSignals();
    const scope = (tea: Tea, task: { readonly path: string }) => {
      if (task.path === 'water') for (const signal of ['SIGINT', 'SIGINT'] as const) signalSource.send(signal);
      return tea;
    };
    const binding = { open: () => ({ context: { log: [] }, scope }) };
    let atExit = '';
    const exiting: SignalSource = { ...signalSource, exit: () => (atExit = written()) };
    const stdout: string[] = [];
    const written = () => stdout.join('');
    const io = {
      stdout: { write: (text: string) => void stdout.push(text), isTTY: true, columns: 80, rows: 24 },
      stderr: { write: () => undefined },
      environment: { TERM: 'xterm' },
    };
    await runProgram(teaProgram({ binding }), ['brew'], { io, signals: exiting });
    expect(atExit.lastIndexOf('\u001B[?25h')).toBeGreaterThan(atExit.lastIndexOf('\u001B[?25l'));
    expect(atExit).toContain('\u001B[?25l');
  });

  test('while it is opened exits with the code of the signal', async () => {
    const signalSource = quietSignals();
    const binding = {
      open: (invocation: { readonly signal: AbortSignal }) => {
        signalSource.send('SIGINT');
        invocation.signal.throwIfAborted();
        return { context: { log: [] } };
      },
    };
    const result = await pour(['brew'], { signals: signalSource, binding });
    expect(result.code).toBe(130);
    expect(result.stderr).toContain('the run was cancelled');
    expect(result.stderr).toContain('run the same command again');
  });

  test('too late, after its last phase, succeeds', async () => {
    const signalSource = quietSignals();
    const open = () => ({ context: { log: [] }, end: () => signalSource.send('SIGINT') });
    expect((await pour(['brew'], { signals: signalSource, binding: { open } })).code).toBe(0);
  });
});
