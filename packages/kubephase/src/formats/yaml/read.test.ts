import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { printYaml } from './print.ts';
import { readYaml, type YamlDocument } from './read.ts';

function read(text: string, firstLine?: number): YamlDocument {
  const document = readYaml(text, firstLine);
  if ('fault' in document) throw new Error(document.fault);
  return document;
}

test.each([
  ['yes', true],
  ['Off', false],
  ['y', true],
  ['"on"', 'on'],
  ['010', 8],
  ['0o10', 8],
  ['0755', 493],
  ['0x1f', 31],
  ['0b11', 3],
  ['1_000', 1000],
  ['6443.0', 6443],
  ['1.36', 1.36],
  ['12:30', '12:30'],
  ['2020-01-01', '2020-01-01'],
  ['!!binary aGk=', 'aGk='],
  ['!!str 5', '5'],
  ['~', null],
  ['', null],
])('reads the scalar %j as YAML 1.1 readers of Go do', (text, value) => {
  expect(read(`a: ${text}\n`).data).toEqual({ a: value });
});

test('aliases and merge keys are resolved; own keys win, then the first mapping', () => {
  const text = 'base: &b {x: 1, z: 1}\nuse:\n  <<: [*b, {x: 2, w: 3}]\n  z: 9\nagain: *b\n';
  expect(read(text).data).toEqual({ base: { x: 1, z: 1 }, use: { x: 1, w: 3, z: 9 }, again: { x: 1, z: 1 } });
});

test('every entry has its place, and a missing one that of what encloses it', () => {
  const document = read('a:\n  list:\n  - x: 1\n  - {y: 2, z: 3}\n', 5);
  expect(document.positionOf(['a'])).toEqual({ line: 5, column: 1 });
  expect(document.positionOf(['a', 'list', 1, 'z'])).toEqual({ line: 8, column: 12 });
  expect(document.positionOf(['a', 'list', '0', 'x'])).toEqual({ line: 7, column: 5 });
  expect(document.positionOf(['a', 'gone', 'deep'])).toEqual({ line: 5, column: 1 });
  expect([document.has(['a', 'list', 1]), document.has(['a', 'gone'])]).toEqual([true, false]);
});

test('a repeated key is found at every level with its place; the last value counts', () => {
  const document = read('a: 1\nb: {c: 1, c: 2}\na: 3\n');
  expect(document.data).toEqual({ a: 3, b: { c: 2 } });
  expect(document.repeatedKeys).toEqual([
    { path: ['b', 'c'], position: { line: 2, column: 11 } },
    { path: ['a'], position: { line: 3, column: 1 } },
  ]);
});

test('what follows a document end marker is ignored', () => {
  expect(read('a: 1\n...\nb: 2\n').data).toEqual({ a: 1 });
});

test('a key called __proto__ is a key like any other', () => {
  const { data } = read('__proto__: {polluted: true}\n');
  expect(Object.keys(data as object)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test.each([
  ['tabs as indentation', 'a:\n\tb: 1\n', { line: 2, column: 1 }],
  ['an open flow', 'a: [1\n', { line: 1, column: 6 }],
  ['two JSON objects', '{}\n{}\n', { line: 2, column: 1 }],
  ['a directive', '%YAML 1.1\n---\na: 1\n', { line: 1, column: 1 }],
  ['an alias without anchor', 'a: *nope\n', { line: 1, column: 1 }],
  ['an alias inside its anchor', 'a: &a [*a]\n', { line: 1, column: 8 }],
  ['a mapping as key', '? [a]\n: b\n', { line: 1, column: 3 }],
])('%s is a fault with its place', (_what, text, place) => {
  expect(readYaml(text)).toMatchObject({ limit: false, ...place });
});

test('faults do not repeat the text of the document, which may be secret', () => {
  expect(JSON.stringify(readYaml('{}\ntoken: abcdef.0123456789abcdef\n'))).not.toContain('0123456789abcdef');
});

const bomb = ['a: &a [1,1,1,1,1,1,1,1,1,1]'];
for (const [index, name] of ['b', 'c', 'd', 'e', 'f', 'g', 'h'].entries()) {
  bomb.push(`${name}: &${name} [${Array(10).fill(`*${'abcdefg'[index]}`).join(',')}]`);
}

test.each([
  ['aliases that multiply', bomb.join('\n')],
  ['deep flow nesting', '['.repeat(100_000)],
  ['deep block nesting', '- '.repeat(100_000)],
  ['deep mappings', '{a: '.repeat(50_000)],
  ['nested question marks', '? '.repeat(100_000)],
  ['a huge text', 'a'.repeat(1_100_000)],
])('%s: the text passes a limit', (_what, text) => {
  expect(readYaml(text)).toMatchObject({ limit: true });
});

test('ordinary nesting is read', () => {
  expect(read('['.repeat(90) + ']'.repeat(90)).data).toBeInstanceOf(Array);
});

test('what is printed is read back', () => {
  const values = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    map: fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 4 }),
  }));
  fc.assert(
    fc.property(values.map, (data) => {
      expect(read(printYaml(data)).data).toEqual({ ...data });
    }),
  );
});

test.each([
  ['e5', 'e5'],
  ['E9', 'E9'],
  ['.e3', '.e3'],
  ['.', '.'],
  ['e+5', 'e+5'],
  ['1e3', 1000],
  ['.5', 0.5],
  ['-1.5e-3', -0.0015],
  ['1.', 1],
])('%s is read as Go reads it: a number has digits', (text, value) => {
  expect(readYaml(`${text}: ${text}`)).toMatchObject({ data: { [String(value)]: value } });
});
