import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printKyaml } from './kyaml.ts';

describe('KYAML', () => {
  it('puts objects and lists in brackets, texts in quotes and a comma behind every item, and keeps the order of keys', () => {
    const value = { kind: 'Images', apiVersion: 'v1', images: ['a:1', 'b:2'], count: 2, done: true, note: null, gone: undefined };
    expect(printKyaml(value)).toBe(`---
{
  kind: "Images",
  apiVersion: "v1",
  images: [
    "a:1",
    "b:2",
  ],
  count: 2,
  done: true,
  note: null,
}
`);
  });

  it('lets brackets and braces share lines in lists of objects and lists', () => {
    expect(printKyaml({ a: [{ b: 1 }, { c: [[2], []] }], e: [], g: {} })).toBe(`---
{
  a: [{
    b: 1,
  }, {
    c: [[
      2,
    ], []],
  }],
  e: [],
  g: {},
}
`);
  });

  it('gives every item a line of its own when only some of them have brackets', () => {
    expect(printKyaml([{ a: 1 }, 2])).toBe('---\n[\n  {\n    a: 1,\n  },\n  2,\n]\n');
  });

  it('folds texts of several lines and keeps their indentation visible', () => {
    expect(printKyaml({ a: 'this:\n  - is\n\nyaml\n' })).toBe(`---
{
  a: "\\
     this:\\n\\
    \\  - is\\n\\
     \\n\\
     yaml\\n\\
    ",
}
`);
  });

  it.each(['a', 'apiVersion', '_x', 'pod-template-hash', 'kubernetes.io/name', 'a.b', 'Norway', 'é1', '1a', 'none'])(
    'key %j is plain',
    (key) => {
      expect(printKyaml({ [key]: 1 })).toBe(`---\n{\n  ${key}: 1,\n}\n`);
    },
  );

  it.each([
    '',
    ' ',
    'a b',
    '-a',
    'a-',
    'a:b',
    'no',
    'Yes',
    'on',
    'y',
    'null',
    'True',
    'f',
    '1',
    '1_0',
    '1.5',
    '0x1f',
    '12:30',
    '2020-01-01',
    'e0',
    'E12',
    '<<',
    '#',
  ])('key %j is quoted', (key) => {
    expect(printKyaml({ [key]: 1 })).toBe(`---\n{\n  ${JSON.stringify(key)}: 1,\n}\n`);
  });

  it.each([
    ['q"\\', '"q\\"\\\\"'],
    ['<é>\u{1f600}', '"<é>\u{1f600}"'],
    ['\t\u0000\u0001\u001b\u0085\u00a0\u2028', '"\\t\\0\\x01\\e\\N\\_\\L"'],
    ['\u200b\u{e0001}', '"\\u200b\\U000e0001"'],
  ])('text %j is escaped', (text, expected) => {
    expect(printKyaml(text)).toBe(`---\n${expected}\n`);
  });

  it.each(['1.1', '1.2'] as const)('is read back unchanged by readers of YAML %s', (version) => {
    const keys = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[-0-9a-fox_.:]{1,8}$/),
      fc.constantFrom('yes', 'NO', 'null', '.inf', '1e3', '0b1'),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.stringMatching(/^[ a\n\t]*$/),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        tie('object'),
        fc.array(tie('value')),
      ),
      object: fc.dictionary(
        keys.filter((key) => key !== '__proto__'),
        tie('value'),
      ),
    }));
    fc.assert(
      fc.property(value, (data) => {
        expect(parse(printKyaml(data), { version, merge: false })).toEqual(data);
      }),
    );
  });
});
