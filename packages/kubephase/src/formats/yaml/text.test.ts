import { expect, test } from 'vitest';
import { splitYaml } from './text.ts';

const texts = (text: string) => {
  const chunks = splitYaml(text);
  return 'fault' in chunks ? chunks.fault : chunks.map((chunk) => chunk.text.trim());
};

test.each([
  ['a separator before', '---\na: 1', ['a: 1']],
  ['a separator behind', 'a: 1\n---', ['a: 1']],
  ['comments behind separators', '--- # x\na: 1\n---#y\nb: 2', ['a: 1', 'b: 2']],
  ['Windows line ends', 'a: 1\r\n---\r\nb: 2\r\n', ['a: 1', 'b: 2']],
  ['a byte-order mark', '\uFEFFa: 1', ['a: 1']],
  ['chunks of blank lines and comments', '# note\n---\na: 1\n---\n\n---\n# end\n', ['a: 1']],
  ['an indented separator', 'a: 1\n ---\nb: 2', ['a: 1\n ---\nb: 2']],
  ['nothing', '', []],
])('%s', (_what, text, chunks) => {
  expect(texts(text)).toEqual(chunks);
});

test('chunks know the line they start with', () => {
  expect(splitYaml('a: 1\n---\n# c\nb: 2\n')).toMatchObject([{ firstLine: 1 }, { firstLine: 3 }]);
});

test.each(['a: 1\n---foo\n', 'a: 1\n----\n'])('text behind a separator is a fault: %j', (text) => {
  expect(splitYaml(text)).toMatchObject({ line: 2, column: 4, limit: false });
});

test('too many documents and too much text are refused', () => {
  expect(splitYaml('a: 1\n---\n'.repeat(101))).toMatchObject({ limit: true });
  expect(splitYaml('a'.repeat(1_100_000))).toMatchObject({ limit: true });
});
