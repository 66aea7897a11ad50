import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { jsonPatch, PatchFault } from './json.ts';

const target = { a: { b: 1 }, list: ['x', 'y'], 'q/r': 1 };

describe('JSON patches', () => {
  test.each(['add', 'replace', 'test', 'copy', 'move', 'remove', 'hunter2'])(
    'a failing "%s" tells neither its value nor the document',
    async (op) => {
      const operation = { op, from: '/none/x', path: '/none/y', value: 'hunter2' };
      const error: unknown = await jsonPatch({ env: 'hunter2' }, [operation]).catch((thrown: unknown) => thrown);
      expect(inspect(error, { depth: 9 })).not.toContain('hunter2');
      expect(String(error)).toContain('/none/');
    },
  );

  test.each<[string, unknown[], unknown]>([
    ['add', [{ op: 'add', path: '/a/c', value: 2 }], { ...target, a: { b: 1, c: 2 } }],
    ['add at the end of a list', [{ op: 'add', path: '/list/-', value: 'z' }], { ...target, list: ['x', 'y', 'z'] }],
    ['remove', [{ op: 'remove', path: '/list/0' }], { ...target, list: ['y'] }],
    ['replace with an escaped path', [{ op: 'replace', path: '/q~1r', value: 2 }], { ...target, 'q/r': 2 }],
    ['move', [{ op: 'move', from: '/a/b', path: '/b' }], { ...target, a: {}, b: 1 }],
    ['copy', [{ op: 'copy', from: '/a', path: '/c' }], { ...target, c: { b: 1 } }],
    ['a test that holds', [{ op: 'test', path: '/a', value: { b: 1 } }], target],
    ['no operation', [], target],
  ])('%s', async (_, operations, result) => {
    expect(await jsonPatch(target, operations)).toEqual(result);
  });

  test.each<[unknown, string | RegExp]>([
    [{ op: 'add' }, 'the patch is not a list of operations'],
    [['x'], /operation 1, text, cannot be applied: it is not an object/],
    [[{ op: 'merge', path: '/a' }], /operation 1, .*one of add, remove/],
    [[{ op: 'add', path: 'a', value: 1 }], /"path" is not a JSON pointer/],
    [[{ op: 'add', path: '/a' }], /needs "value"/],
    [[{ op: 'move', path: '/a' }], /needs "from"/],
    [[{ op: 'remove', path: '/z' }], /nothing exists at its "path"/],
    [[{ op: 'replace', path: '/z', value: 1 }], /nothing exists at its "path"/],
    [[{ op: 'copy', from: '/z', path: '/y' }], /nothing exists at its "from"/],
    [[{ op: 'add', path: '/y/z', value: 1 }], /cannot be applied/],
    [[{ op: 'add', path: '/list/x', value: 1 }], /not a number/],
    [[{ op: 'add', path: '/list/9', value: 1 }], /behind the end of a list/],
    [
      [
        { op: 'test', path: '/a/b', value: 1 },
        { op: 'test', path: '/a/b', value: 2 },
      ],
      /^operation 2, .*another one than expected/,
    ],
    [[{ op: 'add', path: '/__proto__/x', value: 1 }], /names a prototype/],
    [[{ op: 'add', path: '/a/b/c', value: 1 }], /cannot be applied: /],
  ])('%j is refused', async (operations, message) => {
    const before = structuredClone(target);
    await expect(jsonPatch(target, operations)).rejects.toThrow(message);
    await expect(jsonPatch(target, operations)).rejects.not.toHaveProperty('cause');
    await expect(jsonPatch(target, operations)).rejects.toBeInstanceOf(PatchFault);
    expect(target).toEqual(before);
  });

  test('an operation that fails late leaves nothing of the earlier ones', async () => {
    await expect(
      jsonPatch(target, [
        { op: 'remove', path: '/a' },
        { op: 'remove', path: '/z' },
      ]),
    ).rejects.toThrow('operation 2');
    expect(target.a).toEqual({ b: 1 });
  });

  test.each([
    [[{ op: 'replace', path: '/l/-1', value: 9 }], [1, 2, 9]],
    [[{ op: 'remove', path: '/l/-3' }], [2, 3]],
    [[{ op: 'add', path: '/l/-1', value: 9 }], [1, 2, 3, 9]],
    [[{ op: 'add', path: '/l/-2', value: 9 }], [1, 2, 9, 3]],
    [[{ op: 'copy', from: '/l/-1', path: '/l/0' }], [3, 1, 2, 3]],
    [[{ op: 'test', path: '/l/-1', value: 3 }], [1, 2, 3]],
    [[{ op: 'move', from: '/l/0', path: '/l/-1' }], [2, 3, 1]],
  ])('negative indexes count from the end: %j', async (operations, l) => {
    expect(await jsonPatch({ l: [1, 2, 3] }, operations)).toEqual({ l });
  });

  test('an index before the first item is refused; a name that looks like one is a name', async () => {
    await expect(jsonPatch({ l: [1] }, [{ op: 'remove', path: '/l/-2' }])).rejects.toThrow('operation 1');
    expect(await jsonPatch({ o: { '-1': 1 } }, [{ op: 'replace', path: '/o/-1', value: 2 }])).toEqual({ o: { '-1': 2 } });
  });
});
