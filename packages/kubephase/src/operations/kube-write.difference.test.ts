import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strategicMerge } from '../formats/patch/strategic.ts';
import { differenceBetween } from './kube-write.ts';

type Fields = Readonly<Record<string, unknown>>;

describe('differenceBetween', () => {
  it.each<[string, Fields, Fields, Fields]>([
    ['nothing', { a: { b: 1 } }, { a: { b: 1 } }, {}],
    ['an added field', { a: { b: 1 } }, { a: { b: 1, c: 2 } }, { a: { c: 2 } }],
    ['a removed field', { a: { b: 1, c: 2 } }, { a: { b: 1 } }, { a: { c: null } }],
    ['a list as a whole', { l: [1, 2] }, { l: [2] }, { l: [2] }],
    ['another type', { a: { b: 1 } }, { a: 'text' }, { a: 'text' }],
  ])('gives %s', (_, ...objects) => {
    const [before, after, patch] = objects;
    expect(differenceBetween(before, after)).toEqual(patch);
  });

  it('gives a patch that leads from one object to the other', () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    const inner = fc.dictionary(key, fc.oneof(scalar, fc.dictionary(key, scalar)));
    const object = fc.dictionary(key, fc.oneof(scalar, fc.array(scalar), inner));
    fc.assert(
      fc.property(object, object, (before, after) => {
        expect(strategicMerge(before, differenceBetween(before, after), {})).toEqual(after);
      }),
    );
  });
});
