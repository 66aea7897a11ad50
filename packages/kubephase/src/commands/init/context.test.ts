import { expect, test } from 'vitest';
import { initConfig } from '../../../test/fixtures/init-config.ts';
import { initContext } from '../../../test/fixtures/init-context.ts';
import { createInitContext } from './context.ts';

test('a configured certificate key is used, and no random bytes are spent', () => {
  const parts = initContext({ config: initConfig({ certificateKey: 'ab'.repeat(32) }) });
  const host = { ...parts.host, randomBytes: () => expect.fail('no random bytes are needed') };
  expect(createInitContext({ ...parts, host }).certificateKey).toBe('ab'.repeat(32));
});

test('a run has one certificate key, another run has another', () => {
  let calls = 0;
  const parts = initContext();
  const host = { ...parts.host, randomBytes: (length: number) => new Uint8Array(length).fill(++calls) };
  const run = createInitContext({ ...parts, host });
  expect(run.certificateKey).toBe('01'.repeat(32));
  expect(run.certificateKey).toBe('01'.repeat(32));
  expect(createInitContext({ ...parts, host }).certificateKey).toBe('02'.repeat(32));
});
