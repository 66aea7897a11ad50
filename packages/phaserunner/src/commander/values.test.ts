import { array, assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flag, FlagType } from '../flags.ts';
import { parseCsv, parseFlagValue } from './values.ts';

const itemTexts = (text: string) => parseCsv(text)?.map((item) => item.text);

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
    expect(itemTexts(text)).toEqual(items);
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
        expect(itemTexts(text)).toEqual(items);
      }),
    );
  });
});

const flag = (type: FlagType, more: Partial<Flag> = {}): Flag => ({ name: 'y', type, description: '', ...more });

describe('parseFlagValue', () => {
  test.each<[FlagType, string[], unknown]>([
    ['string', ['a', 'b'], 'b'],
    ['string', [''], ''],
    ['boolean', ['true'], true],
    ['boolean', ['false'], false],
    ['boolean', ['1'], true],
    ['boolean', ['F'], false],
    ['integer', ['5'], 5],
    ['integer', ['0'], 0],
    ['integer', ['-3'], -3],
    ['duration', ['1h30m'], '1h30m'],
    ['duration', ['0'], '0'],
    ['duration', ['1.5s'], '1.5s'],
    ['duration', ['24h0m0s'], '24h0m0s'],
    ['list', ['a,b', 'c'], ['a', 'b', 'c']],
    ['list', ['"a,b"'], ['a,b']],
    ['list', [''], []],
    ['map', ['k=v,k2=v2', 'k=w'], { k: 'w', k2: 'v2' }],
    ['map', ['k='], { k: '' }],
    ['map', ['"k=a=1,b=2"'], { k: 'a=1,b=2' }],
  ])('reads %s from %j as %j', (type, texts, value) => {
    expect(parseFlagValue(flag(type), texts)).toEqual({ value });
  });

  test.each<[FlagType, string]>([
    ['boolean', 'maybe'],
    ['boolean', ''],
    ['integer', 'x'],
    ['integer', '1.5'],
    ['integer', '010'],
    ['integer', '99999999999999999999'],
    ['integer', ''],
    ['duration', '5'],
    ['duration', '1d'],
    ['duration', 'h'],
    ['duration', ''],
    ['list', '"a'],
    ['map', 'k'],
    ['map', 'k=a=b'],
    ['map', '"k=v'],
  ])('refuses %s from %j and says which form it has', (type, text) => {
    const parsed = parseFlagValue(flag(type), [text]);
    expect(parsed).toMatchObject({ problems: [{ code: 'FLAG_VALUE_INVALID', where: { object: '--y' } }] });
    const [problem] = 'problems' in parsed ? parsed.problems : [];
    expect(problem?.summary).toMatch(`invalid argument "${text}" for "--y" flag: `);
    expect(problem?.remedy).toMatch(/^the value is /);
  });

  test('names the short form as well', () => {
    expect(parseFlagValue(flag('integer', { short: 'v' }), ['x'])).toMatchObject({
      problems: [{ summary: `invalid argument "x" for "-v, --y" flag: not a whole number` }],
    });
  });

  test('reports every wrong text of a repeated flag', () => {
    expect(parseFlagValue(flag('map'), ['a', 'k=v', 'b'])).toMatchObject({ problems: [{}, {}] });
  });

  test('accepts only the choices, in lists each item', () => {
    const choices = ['json', 'yaml'];
    expect(parseFlagValue(flag('string', { choices }), ['yaml'])).toEqual({ value: 'yaml' });
    expect(parseFlagValue(flag('list', { choices }), ['json,xml'])).toMatchObject({
      problems: [{ summary: 'invalid argument "json,xml" for "--y" flag: must be one of json, yaml' }],
    });
  });
});
