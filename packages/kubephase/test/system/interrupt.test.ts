/** A signal while the program waits for standard input or for the pipe of a shell, from which nothing comes. */
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
}

/** Words of the shell for a configuration that does not come as long as standard input stays open. */
const configurations = { 'standard input': '-', 'the pipe of a shell': '<(exec cat)' } as const;

/** Sends `signal` as soon as the program tells that it opens its run. Standard input stays open. */
function interrupt(command: readonly string[], configuration: string, signal: NodeJS.Signals): Promise<Ended> {
  const line = `exec "$@" init --dry-run -o jsonl --config ${configuration}`;
  const child = spawn('bash', ['-c', line, 'bash', ...command], { stdio: ['pipe', 'pipe', 'ignore'] });
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

describe.each(programs)('$name', ({ name, command, missing }) => {
  it.for([
    ['SIGINT', 'standard input', 130],
    ['SIGTERM', 'standard input', 143],
    ['SIGINT', 'the pipe of a shell', 130],
    ['SIGTERM', 'the pipe of a shell', 143],
  ] as const)(
    'ends with %s while it waits for a configuration from %s, which shells see as %i',
    async ([asked, from, expected], context) => {
      if (missing !== undefined) context.skip(missing);
      const { code, signal: by, stdout } = await interrupt(command, configurations[from], asked);
      // On Node the process ends by the signal itself (`process-end.ts`).
      expect({ code, by }).toEqual(name === 'node' ? { code: null, by: asked } : { code: expected, by: null });
      const events = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly type: string });
      expect(events).toMatchObject([{ type: 'run-open' }, { type: 'run-end', status: 'cancelled' }]);
    },
  );
});
