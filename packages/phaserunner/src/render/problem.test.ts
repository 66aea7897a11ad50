import { describe, expect, it } from 'vitest';
import type { Problem } from '../problems.ts';
import { formatProblem, formatProblems } from './problem.ts';

const expired: Problem = {
  code: 'CERT_EXPIRED',
  summary: 'the CA certificate has expired',
  detail: 'notAfter: 2025-01-01T00:00:00Z\nnow: 2026-01-01T00:00:00Z',
  remedy: 'renew it:\nmachine certs renew ca',
  where: { phase: 'certs/ca', file: '/etc/machine/pki/ca.crt' },
};

describe('a printed problem', () => {
  it('names everything that is known, one thing a line', () => {
    expect(formatProblem(expired)).toBe(`\
error: the CA certificate has expired
  at /etc/machine/pki/ca.crt
  in phase certs/ca
  notAfter: 2025-01-01T00:00:00Z
  now: 2026-01-01T00:00:00Z
  remedy: renew it:
    machine certs renew ca
  code: CERT_EXPIRED
`);
  });

  it.each([
    { where: { file: 'c.yaml', line: 12, column: 5, field: 'networking.podSubnet' }, places: ['at c.yaml:12:5 (networking.podSubnet)'] },
    { where: { file: 'c.yaml', line: 12 }, places: ['at c.yaml:12'] },
    { where: { file: 'c.yaml', column: 5 }, places: ['at c.yaml'] },
    { where: { field: 'networking.podSubnet' }, places: ['at field networking.podSubnet'] },
    { where: { object: '--only' }, places: ['at --only'] },
    {
      where: { object: 'ConfigMap north/machine-config', phase: 'upload-config' },
      places: ['at ConfigMap north/machine-config', 'in phase upload-config'],
    },
    { where: {}, places: [] },
  ])('tells the place $places', ({ where, places }) => {
    const lines = formatProblem({ code: 'X', summary: 's', where }).trimEnd().split('\n');
    expect(lines).toEqual(['error: s', ...places.map((place) => `  ${place}`), '  code: X']);
  });

  it('adds causes only where they say something new', () => {
    const cause = new Error('cannot connect', { cause: new Error('connect ECONNREFUSED 10.0.0.1:6443', { cause: { errno: -111 } }) });
    const text = formatProblem({ code: 'X', summary: 'cannot connect to the API server', cause });
    expect(text).toBe('error: cannot connect to the API server\n  caused by: connect ECONNREFUSED 10.0.0.1:6443\n  code: X\n');
  });

  it('ends when errors cause each other', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(formatProblem({ code: 'X', summary: 's', cause: first })).toBe('error: s\n  caused by: first\n  caused by: second\n  code: X\n');
  });

  it('shows the stack of the innermost error when asked to', () => {
    const inner = new Error('inner');
    inner.stack = 'Error: inner\n    at work (file.ts:1:2)';
    const text = formatProblem({ code: 'X', summary: 's', cause: new Error('outer', { cause: inner }) }, { stack: true });
    expect(text).toContain('  code: X\n  Error: inner\n      at work (file.ts:1:2)\n');
  });

  it('shows evidence in blocks between what was seen and what to do', () => {
    const text = formatProblem({
      code: 'X',
      summary: 's',
      detail: 'd',
      remedy: 'r',
      evidence: [
        { title: 'last lines of the log', lines: ['one\ttwo', '\u001B[31mthree'] },
        { title: 'errors', lines: [] },
      ],
    });
    expect(text).toBe(`\
error: s
  d
  last lines of the log:
    one    two
    \\x1b[31mthree
  errors:
  remedy: r
  code: X
`);
  });

  it('keeps the terminal safe from what was quoted', () => {
    const text = formatProblem({
      code: 'X',
      summary: 'bad \u001B]0;title\u0007',
      detail: 'got \u009B2J',
      remedy: 'r\u0008',
      where: { file: '/\u001Bc' },
    });
    expect(text).toBe('error: bad \\x1b]0;title\\x07\n  at /\\x1bc\n  got \\x9b2J\n  remedy: r\\x08\n  code: X\n');
  });

  it('uses colours only when asked to', () => {
    expect(formatProblem(expired, { colour: true })).toContain('\u001B[31m\u001B[1merror:\u001B[22m\u001B[39m the CA');
    expect(formatProblem(expired)).not.toContain('\u001B');
  });
});

describe('several printed problems', () => {
  it('are counted and numbered', () => {
    expect(formatProblems([expired, { code: 'X', summary: 'another one\nin two lines' }])).toBe(`\
error: 2 problems
  1. the CA certificate has expired
     at /etc/machine/pki/ca.crt
     in phase certs/ca
     notAfter: 2025-01-01T00:00:00Z
     now: 2026-01-01T00:00:00Z
     remedy: renew it:
       machine certs renew ca
     code: CERT_EXPIRED
  2. another one
     in two lines
     code: X
`);
  });

  it('line up when there are more than nine', () => {
    const text = formatProblems(Array.from({ length: 10 }, (_, index) => ({ code: 'X', summary: `problem ${index}` })));
    expect(text).toContain('\n   9. problem 8\n      code: X\n  10. problem 9\n      code: X\n');
  });

  it('are one problem when there is only one, and nothing when there is none', () => {
    expect(formatProblems([expired])).toBe(formatProblem(expired));
    expect(formatProblems([])).toBe('');
  });
});
