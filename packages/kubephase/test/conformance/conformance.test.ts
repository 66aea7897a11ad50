/**
 * Compares what the built command line writes with recorded output of the reference. The folder with the cases is
 * `KUBEPHASE_CONFORMANCE`, or `../shared/conformance` beside the checkout.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { runCase } from './case.ts';

const folder = process.env['KUBEPHASE_CONFORMANCE'] ?? fileURLToPath(new URL('../../../../../shared/conformance', import.meta.url));
const cases = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => existsSync(join(folder, name, 'command.txt')))
      .sort()
  : [];
const isRoot = process.getuid?.() === 0;

describe.each(programs)('conformance on $name', ({ command, missing }) => {
  if (cases.length === 0) {
    it.skip(`skipped: no conformance cases (set KUBEPHASE_CONFORMANCE to their folder)`);
    return;
  }
  it.for(cases)('%s', (name, context) => {
    if (missing !== undefined) context.skip(missing);
    if (name.includes('rootless') && !isRoot) context.skip('changing owners needs root');
    expect(runCase(join(folder, name), command)).toEqual([]);
  });
});
