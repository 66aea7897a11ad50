/**
 * Runs the folders of faults that were found, each with the check that tells right from wrong, against the built programs. They are in
 * `KUBEPHASE_FAULTS`, or `../shared/faults` beside the checkout.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { expectedFailures } from './expected-failures.ts';

const folder = process.env['KUBEPHASE_FAULTS'] ?? fileURLToPath(new URL('../../../../../shared/faults', import.meta.url));
const cases = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => existsSync(join(folder, name, 'check.sh')))
      .sort()
  : [];

/** A check runs the program several times, and waits for it up to a minute each time. */
const timeoutMs = 90_000;

/** Runs the check of `name` in a copy of its folder; returns its last line, which is `right` when all is well. */
function verdict(name: string, command: readonly string[]): string {
  const copy = mkdtempSync(join(tmpdir(), 'fault-'));
  try {
    cpSync(join(folder, name), copy, { recursive: true });
    // The folder with the cases may be read-only.
    execFileSync('chmod', ['-R', 'u+w', copy]);
    const { stdout, status } = spawnSync('bash', ['./check.sh'], {
      cwd: copy,
      encoding: 'utf8',
      timeout: timeoutMs,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, KUBEPHASE: command.join(' ') },
    });
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    return last === 'right' && status !== 0 ? `right, but exit code ${status}` : last || `nothing printed, exit code ${status}`;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

describe.each(programs)('faults that were found, on $name', ({ command, missing }) => {
  if (cases.length === 0) {
    it.skip('skipped: no folders of faults (set KUBEPHASE_FAULTS to where they are)');
    return;
  }
  it.for(cases)('%s', { timeout: timeoutMs + 10_000 }, (name, context) => {
    if (missing !== undefined) context.skip(missing);
    const seen = verdict(name, command);
    if (seen.startsWith('wrong: not tried')) context.skip(seen);
    const reason = expectedFailures[name];
    if (reason === undefined) expect(seen).toBe('right');
    // Once it is mended it has to be taken from the list, so that it stays so.
    else expect(seen, `${name} is right now; take it from expected-failures.ts`).not.toBe('right');
  });
});

it('expects no failure of a folder that does not exist', (context) => {
  if (cases.length === 0) context.skip('no folders of faults');
  expect(Object.keys(expectedFailures).filter((name) => !cases.includes(name))).toEqual([]);
});
