/** A signal while the program waits for standard input, from which nothing comes. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
}

/** Sends `signal` as soon as the program tells that it opens its run. Standard input stays open. */
function interrupt([file = '', ...words]: readonly string[], signal: NodeJS.Signals): Promise<Ended> {
  const child = spawn(file, [...words, 'init', '--dry-run', '--config', '-', '-o', 'jsonl'], { stdio: ['pipe', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (stdout === '') setImmediate(() => child.kill(signal));
    stdout += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, by) => resolve({ code, signal: by, stdout }));
  });
}

describe.each(programs)('$name', ({ command, missing }) => {
  it.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with %s while it waits for a configuration, with the code %i', async ([signal, expected], context) => {
    if (missing !== undefined) context.skip(missing);
    const { code, signal: by, stdout } = await interrupt(command, signal);
    // Node ends by the signal itself (src/process-end.ts), for which shells have the same code.
    expect(by === signal ? 128 + constants.signals[signal] : code).toBe(expected);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string });
    expect(events).toMatchObject([{ type: 'run-open' }, { type: 'run-end', status: 'cancelled' }]);
  });
});
