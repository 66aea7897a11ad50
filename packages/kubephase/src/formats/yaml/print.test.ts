import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { printYaml, printYamlDocuments } from './print.ts';
import { readYaml } from './read.ts';

test('keys are sorted at every level and list items are not indented', () => {
  expect(printYaml({ b: [{ d: 1, c: 2 }], a: {} })).toBe('a: {}\nb:\n- c: 2\n  d: 1\n');
});

test.each(['', 'true', 'yes', 'on', 'null', '~', '1', '010', '0o10', '1_000', '.5', '12:30', '2020-01-01', '.inf', 'a\tb'])(
  '%j is in double quotes',
  (text) => {
    expect(printYaml({ a: text })).toMatch(/^a: ".*"\n$/);
  },
);

test.each(['a: b', 'a:', '- a', '-', '#x', '@a', '*a', '|', '---', ' a', 'a ', 'fd00::'])('%j is in single quotes', (text) => {
  expect(printYaml({ a: text })).toBe(`a: '${text}'\n`);
});

test.each(['inf', '--', 'a:b', '::1', '100m', '10.96.0.0/12', 'fd00:10:244::/56', '--advertise-address=1.2.3.4', '-x'])(
  '%j is plain',
  (text) => {
    expect(printYaml({ a: text })).toBe(`a: ${text}\n`);
  },
);

test('several lines become a block; long lines are not folded', () => {
  expect(printYaml({ a: 'x\ny: z\n', b: 'w '.repeat(60).trim() })).toBe(`a: |\n  x\n  y: z\nb: ${'w '.repeat(60).trim()}\n`);
});

test.each([
  ['\u202Eb', String.raw`"\u202Eb"`],
  ['a\u009Bb\u007F', String.raw`"a\x9Bb\x7F"`],
  ['a\u001Bb', String.raw`"a\eb"`],
  ['one\n\u2028two\uFEFF\n', String.raw`"one\n\Ltwo\uFEFF\n"`],
])('unprintable characters in %j are written as codes', (text, printed) => {
  expect(printYaml({ a: text })).toBe(`a: ${printed}\n`);
  expect(parse(printYaml({ [text]: [text] }))).toEqual({ [text]: [text] });
});

test('undefined members are left out, null is kept', () => {
  expect(printYaml({ a: undefined, b: null })).toBe('b: null\n');
});

test('documents are joined by separators', () => {
  expect(printYamlDocuments([{ a: 1 }, { b: 2 }])).toBe('a: 1\n---\nb: 2\n');
});

test.each([
  ['\u007f', '\\x7F'],
  ['\u0085', '\\N'],
  ['\u009b', '\\x9B'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
  ['\ufeff', '\\uFEFF'],
])('the invisible character %j is escaped, in values and keys, in one line and in several', (character, written) => {
  expect(printYaml({ a: `x${character}y` })).toBe(`a: "x${written}y"\n`);
  expect(printYaml({ [`x${character}`]: 1 })).toBe(`"x${written}": 1\n`);
  const lines = { a: `x${character}\nz` };
  const text = printYaml(lines);
  expect(text).toContain(written);
  expect(text).not.toContain(character);
  expect(readYaml(text)).toMatchObject({ data: lines });
});

test('a carriage return inside lines survives', () => {
  const data = { a: 'x\r\ny\r\n' };
  expect(readYaml(printYaml(data))).toMatchObject({ data });
});
