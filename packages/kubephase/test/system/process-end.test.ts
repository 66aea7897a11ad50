/** How the process of the program ends. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const built = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist/src/process-end.js');

/** Ends a process of its own that makes a key which would keep Node for minutes. */
function end(code: number): Promise<{ readonly code: unknown; readonly signal: unknown }> {
  const script = `import { generateKeyPair } from 'node:crypto';
    import { processEnd } from ${JSON.stringify(built)};
    ${code > 128 ? "generateKeyPair('rsa', { modulusLength: 16384 }, () => undefined);" : ''}
    process.on('SIGINT', () => undefined);
    setImmediate(() => processEnd()(${code}));`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error) =>
      resolve({ code: error?.code ?? 0, signal: error?.signal }),
    );
  });
}

it.skipIf(!existsSync(built)).each([0, 1, 8])('the exit code %i is that of the process', async (code) => {
  expect(await end(code)).toMatchObject({ code });
});

it.skipIf(!existsSync(built)).each([
  [130, 'SIGINT'],
  [143, 'SIGTERM'],
])('with %i the process ends by %s, whatever its threads do', async (code, signal) => {
  expect(await end(code)).toMatchObject({ signal });
});
