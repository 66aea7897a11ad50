import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, jsonText } from './escape.ts';

/** What a terminal or a reader's eye acts upon, by code points, written here once more by hand. */
const acts = (text: string): boolean =>
  Array.from(text).some((character) => {
    const code = character.codePointAt(0)!;
    const control = (code < 0x20 && character !== '\n' && character !== '\t') || (code >= 0x7f && code <= 0x9f);
    const marks = [0x06_1c, 0x20_0e, 0x20_0f, 0x20_28, 0x20_29].includes(code);
    return control || marks || (code >= 0x20_2a && code <= 0x20_2e) || (code >= 0x20_66 && code <= 0x20_69);
  });

const hostile = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xa0 }).map((code) => String.fromCodePoint(code)),
    fc.integer({ min: 0x06_10, max: 0x06_20 }).map((code) => String.fromCodePoint(code)),
    fc.integer({ min: 0x20_00, max: 0x20_70 }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom('é', '世', '😀', '\r\n'),
  ),
});

describe('text that is shown', () => {
  it.each([
    ['\u001B[2J', String.raw`\x1b[2J`],
    ['\u009B31m', String.raw`\x9b31m`],
    ['a\u007F\b', String.raw`a\x7f\x08`],
    ['\u202Etxt.exe\u2069\u200F\u061C', String.raw`\u202etxt.exe\u2069\u200f\u061c`],
    ['one\u2028two', String.raw`one\u2028two`],
    ['over\rwritten', String.raw`over\x0dwritten`],
    ['kept:\ttab\nline\r\nends é 世', 'kept:\ttab\nline\r\nends é 世'],
  ])('%j is written %j', (text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  it('has nothing that acts, whatever it is made from', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = escapeText(text);
        expect(acts(shown.replaceAll('\r\n', ''))).toBe(false);
        expect(escapeText(shown)).toBe(shown);
      }),
    );
  });
});

describe('JSON that is shown', () => {
  it('has nothing that acts and is read back as what it was', () => {
    fc.assert(
      fc.property(fc.dictionary(hostile, hostile), (value) => {
        const text = jsonText(value, 2);
        expect(acts(text)).toBe(false);
        expect(JSON.parse(text)).toEqual({ ...value });
      }),
    );
  });
});
