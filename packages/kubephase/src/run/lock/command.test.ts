import { describe, expect, it } from 'vitest';
import { commandText, patience } from './command.ts';

const words = ['kubephase', 'init', 'phase'];

describe('the command that others are told', () => {
  it('has what was given', () => {
    const given = {
      config: '/a.yaml',
      'upload-certs': true,
      strict: false,
      'skip-phases': ['a', 'b'],
      'feature-gates': { A: 'true' },
      v: 2,
    };
    expect(commandText({ words, given, args: ['certs', 'kubeconfig'] })).toBe(
      'kubephase init phase --config=/a.yaml --upload-certs --strict=false --skip-phases=a,b --feature-gates=A=true --v=2 certs kubeconfig',
    );
  });

  it('hides secrets, also where none is meant to be', () => {
    const given = { token: 'abcdef.0123456789abcdef', 'certificate-key': 'ab'.repeat(32), 'node-name': 'ghijkl.0123456789abcdef' };
    expect(commandText({ words, given, args: [] })).toBe(
      'kubephase init phase --token=<masked> --certificate-key=<masked> --node-name=<masked token>',
    );
  });

  it('is not longer than somebody reads', () => {
    expect(commandText({ words, given: { config: 'x'.repeat(100_000) }, args: [] })).toHaveLength(1000);
  });
});

describe('the time to wait', () => {
  it.each([
    [undefined, 0],
    ['0', 0],
    ['1m30s', 90_000],
  ])('%s is %i ms', (text, ms) => {
    expect(patience(text)).toBe(ms);
  });

  it.each(['-1s', '9999999999h', 'soon'])('cannot be %s', (text) => {
    expect(() => patience(text)).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code: 'FLAG_VALUE_INVALID' }) }));
  });
});
