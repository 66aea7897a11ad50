import { describe, expect, it } from 'vitest';
import { createPaper, createScript, playFailure, playSuccess } from '../../test/render/sample-run.ts';
import { createRenderer } from './index.ts';

describe('silent output', () => {
  it('is nothing for a run that succeeds', () => {
    const [stdout, stderr] = [createPaper(), createPaper()];
    playSuccess(createScript(createRenderer('silent', { stdout, stderr, environment: {} }).listener));
    expect(stdout.text() + stderr.text()).toBe('');
  });

  it('is the problem of a run that fails, on standard error', () => {
    const [stdout, stderr] = [createPaper(), createPaper()];
    playFailure(createScript(createRenderer('silent', { stdout, stderr, environment: {} }).listener));
    expect(stdout.text()).toBe('');
    expect(stderr.text()).toMatch(/^error: cannot write .*\n[\s\S]*code: FILE_WRITE\n$/u);
  });
});
