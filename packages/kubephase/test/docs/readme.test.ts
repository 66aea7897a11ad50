/** The example of the README is a program that runs. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const here = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the example of the README is the file in examples/', () => {
  expect(here('../../README.md')).toContain(`\`\`\`ts\n${here('../../examples/certs.ts')}\`\`\`\n`);
});

test('the example makes the certificates on a machine in memory', async () => {
  const { host, result } = await import('../../examples/certs.ts');
  expect(result.status).toBe('succeeded');
  expect(Object.keys(host.snapshot())).toEqual(expect.arrayContaining(['/etc/kubernetes/pki/ca.crt', '/etc/kubernetes/pki/sa.pub']));
});
