import { describe, expect, it } from 'vitest';
import { printGoJson, printNumber, unquote } from './go-text.ts';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [31535829, '31535829'],
    [-7, '-7'],
    [2 ** 53, '9007199254740992'],
    [2.5, '2.5'],
    [-0.0001, '-0.0001'],
    [0.00001, '1e-05'],
    [999999.5, '999999.5'],
    [1234567.5, '1.2345675e+06'],
    [1e20, '1e+20'],
    [1.5e-10, '1.5e-10'],
    [1e300, '1e+300'],
  ])('%d is printed as %s', (value, text) => {
    expect(printNumber(value)).toBe(text);
  });
});

describe('JSON', () => {
  it('escapes what has a meaning in HTML, in texts and keys', () => {
    expect(printGoJson({ '<': ['>&', '\u2028'] }, { indent: 0, sortKeys: false })).toBe('{"\\u003c":["\\u003e\\u0026","\\u2028"]}');
  });

  it('sorts keys at every level when asked to', () => {
    const value = { b: [{ d: 1, c: null }], a: { '2': 0, '1': 0 } };
    expect(printGoJson(value, { indent: 0, sortKeys: true })).toBe('{"a":{"1":0,"2":0},"b":[{"c":null,"d":1}]}');
    expect(Object.keys(value)).toEqual(['b', 'a']);
  });
});

describe('quoted texts', () => {
  it.each([
    [String.raw`"\a\b\f\n\r\t\v\\\"\'"`, '\u0007\b\f\n\r\t\v\\"\''],
    [String.raw`"\x41\101\u00e9\U0001f600"`, 'AAé\u{1f600}'],
    [String.raw`'it\'s'`, "it's"],
    ['"é\nx"', 'é\nx'],
  ])('%j is read', (quoted, text) => {
    expect(unquote(quoted, 0)).toBe(text);
  });

  it.each([
    [String.raw`"\q"`, 8],
    [String.raw`"ab\x4"`, 10],
    [String.raw`"\ud800"`, 8],
    [String.raw`"\U00110000"`, 8],
    [String.raw`"\xff"`, 8],
  ])('%j has an escape that is refused where it stands', (quoted, offset) => {
    expect(() => unquote(quoted, 7)).toThrow(expect.objectContaining({ name: 'TemplateFault', offset }));
  });
});
