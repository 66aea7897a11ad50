/** The built programs tell other programs of every failure, also of those that come before anything is read. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { RunDocument } from '../../src/output/run-document.ts';
import { programs } from '../programs.ts';
import { reportFaults } from '../results/schemas.ts';

interface Row {
  readonly code: string;
  readonly words: readonly string[];
  readonly exitCode: number;
  readonly command: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const rows: readonly Row[] = [
  { code: 'COMMAND_UNKNOWN', words: ['initt'], exitCode: 2, command: '' },
  { code: 'FLAG_UNKNOWN', words: ['version', '--bogus'], exitCode: 2, command: 'version' },
  { code: 'ROOTFS_INVALID', words: ['init', '--rootfs', '/no/such/folder'], exitCode: 2, command: 'init' },
  { code: 'CONFIG_UNREADABLE', words: ['config', 'images', 'list', '--config', '/none'], exitCode: 3, command: 'config images list' },
  {
    code: 'SETTINGS_UNREADABLE',
    words: ['init', 'phase', 'certs'],
    exitCode: 2,
    // The phases are not known before the settings are read.
    command: 'init',
    environment: { KUBEPHASE_SETTINGS: '/no/such/file' },
  },
];

describe.each(programs)('a failure of $name', ({ command: [file = '', ...args], missing }) => {
  it.for(rows)('$code is one document', ({ code, words, exitCode, command, environment }, context) => {
    if (missing !== undefined) context.skip(missing);
    const { stdout, stderr, status } = spawnSync(file, [...args, ...words, '-o', 'json'], {
      encoding: 'utf8',
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const document = JSON.parse(stdout) as RunDocument;
    expect(reportFaults(document)).toEqual([]);
    expect(document).toMatchObject({ command, status: 'failed', problems: [{ code, retryable: false }] });
    expect(status).toBe(exitCode);
    expect(stderr).toContain(`code: ${code}`);
  });
});
