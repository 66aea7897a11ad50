import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';

const [program] = programs;
const reset = 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ResetConfiguration\n';

const rows = [
  { name: 'a file', input: reset, code: 0, stdout: 'ok\n' },
  { name: 'nothing', input: '', code: 3, stdout: '' },
  { name: 'more than a pipe holds', input: `${reset}# ${'x'.repeat(200_000)}\n`, code: 0, stdout: 'ok\n' },
  { name: 'more than a configuration has', input: `# ${'x'.repeat(2_000_000)}\n`, code: 3, stdout: '' },
];

describe.skipIf(program?.missing !== undefined)('the built program', () => {
  it.each(rows)('reads $name from standard input', ({ input, code, stdout }) => {
    const [file = '', ...leading] = program?.command ?? [];
    const ended = spawnSync(file, [...leading, 'config', 'validate', '--config', '-'], { input, encoding: 'utf8' });
    expect({ code: ended.status, stdout: ended.stdout }).toEqual({ code, stdout });
  });
});
