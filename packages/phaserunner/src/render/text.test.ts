import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, padCells, truncate } from './text.ts';

describe('the width of text', () => {
  it.each([
    ['abc', 3],
    ['', 0],
    ['é', 1],
    ['e\u0301', 1],
    ['鍵', 2],
    ['ｆ', 2],
    ['한국', 4],
    ['✔', 1],
    ['⠋', 1],
    ['🚀', 2],
    ['a\u200Db', 2],
    ['\u001B[31mred\u001B[39m', 3],
  ])('of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('is never above the limit after cutting', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, cells) => {
        expect(displayWidth(truncate(text, cells, '…'))).toBeLessThanOrEqual(cells);
      }),
    );
  });

  it('leaves text alone that fits', () => {
    expect(truncate('鍵', 2, '…')).toBe('鍵');
    expect(truncate('abcd', 3, '…')).toBe('ab…');
    expect(truncate('abcdef', 5, '...')).toBe('ab...');
    expect(truncate('abcdef', 2, '...')).toBe('');
  });

  it('is filled up with blanks', () => {
    expect(padCells('鍵', 4)).toBe('鍵  ');
    expect(padCells('abcde', 4)).toBe('abcde');
  });
});
