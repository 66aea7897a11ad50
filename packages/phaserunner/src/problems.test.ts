import { describe, expect, it } from 'vitest';
import { isProblemError, locate, problemsOf, ProblemError } from './problems.ts';

const empty = { code: 'POT_EMPTY', summary: 'the pot is empty' };
const dirty = { code: 'POT_DIRTY', summary: 'the pot is dirty', where: { object: 'pot 1' } };

describe('ProblemError', () => {
  it('carries one problem or several and says so', () => {
    expect(new ProblemError(empty).message).toBe('the pot is empty');
    const error = new ProblemError([empty, dirty]);
    expect([error.message, error.problem, error.problems]).toEqual(['the pot is empty (and 1 more)', empty, [empty, dirty]]);
  });

  it('keeps the cause of its first problem', () => {
    const cause = new Error('tap closed');
    expect(new ProblemError({ ...empty, cause }).cause).toBe(cause);
  });

  it('refuses to carry nothing', () => {
    expect(() => new ProblemError([])).toThrow(TypeError);
  });

  it('is recognised by its brand, so that a second copy of the package does no harm', () => {
    const foreign = Object.assign(new Error('foreign'), { [Symbol.for('phaserunner.ProblemError')]: true });
    expect([new ProblemError(empty), foreign, new Error('x'), 'x', undefined].map(isProblemError)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('problemsOf', () => {
  it.each([
    ['an error', new Error('one\ntwo\nthree'), { summary: 'one', detail: 'two\nthree' }],
    ['an error without text', new RangeError(), { summary: 'RangeError' }],
    ['anything else', 'a word', { summary: 'a word' }],
  ])('makes one problem of %s', (_, thrown, fields) => {
    expect(problemsOf(thrown, 'CODE', { phase: 'a' })).toEqual([{ code: 'CODE', ...fields, cause: thrown, where: { phase: 'a' } }]);
  });

  it('adds the place to the problems inside, without replacing what they say', () => {
    expect(problemsOf(new ProblemError([empty, dirty]), 'CODE', { phase: 'a', object: 'b' })).toEqual([
      { ...empty, where: { phase: 'a', object: 'b' } },
      { ...dirty, where: { phase: 'a', object: 'pot 1' } },
    ]);
  });
});

it('locate leaves a problem alone when there is no place', () => {
  expect(locate(dirty, undefined)).toBe(dirty);
});
