import { array, assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCsv } from './csv.ts';

const texts = (text: string) => parseCsv(text)?.map((item) => item.text);

describe('parseCsv', () => {
  test.each([
    ['', []],
    ['a', ['a']],
    ['a,b', ['a', 'b']],
    ['a,', ['a', '']],
    [',', ['', '']],
    [' a , b ', [' a ', ' b ']],
    ['"a,b"', ['a,b']],
    ['x,"a,b",y', ['x', 'a,b', 'y']],
    ['"say ""hi"""', ['say "hi"']],
    ['""', ['']],
    ['a=b', ['a=b']],
  ])('reads %j as %j', (text, items) => {
    expect(texts(text)).toEqual(items);
  });

  test.each(['"a', 'a"b', '"a"b', '"', 'a,"b'])('refuses %j, whose quotes do not fit', (text) => {
    expect(parseCsv(text)).toBeUndefined();
  });

  test('tells quoted items from others', () => {
    expect(parseCsv('a,"b"')).toEqual([
      { text: 'a', quoted: false },
      { text: 'b', quoted: true },
    ]);
  });

  test('reads back what was quoted', () => {
    assert(
      property(array(string(), { minLength: 1 }), (items) => {
        const text = items.map((item) => `"${item.replaceAll('"', '""')}"`).join(',');
        expect(texts(text)).toEqual(items);
      }),
    );
  });
});
