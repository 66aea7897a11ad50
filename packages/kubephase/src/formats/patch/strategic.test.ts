import { assert, dictionary, jsonValue, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PatchFault } from './json.ts';
import { schemaOf } from './schemas.ts';
import { strategicMerge } from './strategic.ts';

const pod = schemaOf('v1', 'Pod');
const merge = (target: object, patch: object) => strategicMerge(target as never, patch as never, pod);

const containers = (...names: readonly string[]) => ({ spec: { containers: names.map((name) => ({ name, image: 'old' })) } });
const finalizers = (...values: readonly string[]) => ({ metadata: { finalizers: values } });
const namesOf = (object: unknown) => (object as { spec: { containers: { name: string }[] } }).spec.containers.map((item) => item.name);

describe('strategic merge: objects', () => {
  test('objects are merged, scalars replaced, null deletes', () => {
    expect(merge({ a: { b: 1, c: 2 }, d: 'x', e: 'y' }, { a: { c: 3, f: null }, d: null, e: 'z' })).toEqual({ a: { b: 1, c: 3 }, e: 'z' });
  });

  test('a value of another type replaces', () => {
    expect(merge({ a: { b: 1 }, c: [1] }, { a: 'text', c: { d: 1 } })).toEqual({ a: 'text', c: { d: 1 } });
  });

  test('what is new arrives without nulls and directives', () => {
    expect(
      merge({}, { a: { b: null, c: 1, $retainKeys: ['c'] }, d: { $patch: 'delete' }, l: [{ x: null, $patch: 'merge', y: 1 }] }),
    ).toEqual({
      a: { c: 1 },
      l: [{ y: 1 }],
    });
  });

  test.each([
    ['replace', { a: { $patch: 'replace', n: 1 } }, { a: { n: 1 } }],
    ['delete', { a: { $patch: 'delete' } }, { a: {} }],
    ['merge', { a: { $patch: 'merge', n: 1 } }, { a: { o: 1, n: 1 } }],
  ])('$patch: %s on an object', (_, patch, result) => {
    expect(merge({ a: { o: 1 } }, patch)).toEqual(result);
  });

  test('$retainKeys drops the other keys of the object', () => {
    const target = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    expect(merge(target, { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } })).toEqual({
      spec: { strategy: { type: 'Recreate' } },
    });
  });

  test('$retainKeys must name every key that the patch sets', () => {
    expect(() => merge({ a: {} }, { a: { $retainKeys: ['b'], c: 1 } })).toThrow('a sets "c", which its $retainKeys does not name');
  });

  test.each([
    [{ $patch: 'drop' }, 'the patch has a directive that is none of replace, delete, merge'],
    [{ a: { $patch: 1 } }, 'a has a directive that is none of replace, delete, merge'],
    [{ a: { $retainKeys: 'b' } }, '$retainKeys in a is not a list'],
    [{ '$setElementOrder/a': 'b' }, '$setElementOrder/a is not a list'],
    [{ '$deleteFromPrimitiveList/a': {} }, '$deleteFromPrimitiveList/a is not a list'],
  ])('%o is refused', (patch, message) => {
    expect(() => merge({ a: { x: 1 } }, patch)).toThrow(new PatchFault(message));
  });

  test('a key __proto__ is an ordinary key', () => {
    const patch = JSON.parse('{"__proto__": {"polluted": true}, "a": {"__proto__": {"polluted": true}}}') as object;
    const result = merge({ a: {} }, patch);
    expect(Object.keys(result)).toContain('__proto__');
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
    expect((result as { polluted?: true }).polluted).toBeUndefined();
  });

  test('neither the object nor the patch is changed', () => {
    assert(
      property(dictionary(string(), jsonValue()), dictionary(string(), jsonValue()), (target, patch) => {
        const before = JSON.stringify([target, patch]);
        try {
          merge(target, patch);
        } catch (error) {
          expect(error).toBeInstanceOf(PatchFault);
        }
        expect(JSON.stringify([target, patch])).toBe(before);
      }),
    );
  });
});

describe('strategic merge: lists of objects', () => {
  test('an item with the same key is merged in place', () => {
    const result = merge(containers('a', 'b', 'c'), { spec: { containers: [{ name: 'b', image: 'new' }] } });
    expect(result).toEqual({
      spec: {
        containers: [
          { name: 'a', image: 'old' },
          { name: 'b', image: 'new' },
          { name: 'c', image: 'old' },
        ],
      },
    });
  });

  test.each([
    ['new items come before the existing ones', ['a', 'b'], ['c'], ['c', 'a', 'b']],
    ['new items come before those that stand behind a patched item', ['a', 'b'], ['a', 'c'], ['a', 'c', 'b']],
    ['the order of the patch counts among its items', ['a', 'b', 'c'], ['c', 'a'], ['b', 'c', 'a']],
    ['items of the object keep their order', ['a', 'b', 'c'], ['d', 'b'], ['d', 'a', 'b', 'c']],
  ])('%s', (...row) => {
    const [, before, patch, after] = row;
    expect(namesOf(merge(containers(...before), { spec: { containers: patch.map((name) => ({ name })) } }))).toEqual(after);
  });

  test.each([
    ['ports', 'containerPort', 80, 81],
    ['env', 'name', 'A', 'B'],
    ['volumeMounts', 'mountPath', '/a', '/b'],
    ['volumeDevices', 'devicePath', '/a', '/b'],
  ])('%s of a container are merged by %s', (...row) => {
    const [field, key, known, fresh] = row;
    const target = { spec: { containers: [{ name: 'a', [field]: [{ [key]: known, x: 1 }] }] } };
    const patch = { spec: { containers: [{ name: 'a', [field]: [{ [key]: known, x: 2 }, { [key]: fresh }] }] } };
    expect(merge(target, patch)).toEqual({ spec: { containers: [{ name: 'a', [field]: [{ [key]: known, x: 2 }, { [key]: fresh }] }] } });
  });

  test('lists without a merge key are replaced', () => {
    const target = { spec: { containers: [{ name: 'a', command: ['x', '--y'] }], tolerations: [{ key: 'a' }] } };
    const patch = { spec: { containers: [{ name: 'a', command: ['z'] }], tolerations: [{ key: 'b' }] } };
    expect(merge(target, patch)).toEqual(patch);
  });

  test('the same rules hold in the template of a Deployment', () => {
    const target = { spec: { template: containers('a', 'b') } };
    const patch = { spec: { template: { spec: { containers: [{ name: 'b', image: 'new' }] } } } };
    const result = strategicMerge(target, patch, schemaOf('apps/v1', 'Deployment')) as { spec: { template: unknown } };
    expect(namesOf(result.spec.template)).toEqual(['a', 'b']);
  });

  test('a list of a kind without rules is replaced', () => {
    const result = strategicMerge({ items: [{ name: 'a' }] }, { items: [{ name: 'b' }] }, schemaOf('example.com/v1', 'Thing'));
    expect(result).toEqual({ items: [{ name: 'b' }] });
  });

  test('$patch: delete takes an item out, an unknown one is no error', () => {
    const patch = {
      spec: {
        containers: [
          { name: 'b', $patch: 'delete' },
          { name: 'z', $patch: 'delete' },
        ],
      },
    };
    expect(namesOf(merge(containers('a', 'b', 'c'), patch))).toEqual(['a', 'c']);
  });

  test('$patch: replace keeps only the items of the patch', () => {
    const patch = { spec: { containers: [{ $patch: 'replace' }, { name: 'z', image: null }] } };
    expect(merge(containers('a', 'b'), patch)).toEqual({ spec: { containers: [{ name: 'z' }] } });
  });

  test('$setElementOrder orders what is there and what is new', () => {
    const patch = { spec: { '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }, { name: 'n' }], containers: [{ name: 'n' }] } };
    expect(namesOf(merge(containers('a', 'b', 'c'), patch))).toEqual(['b', 'c', 'a', 'n']);
  });

  test('$setElementOrder alone reorders', () => {
    const patch = { spec: { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] } };
    expect(namesOf(merge(containers('a', 'b'), patch))).toEqual(['b', 'a']);
  });

  test('$setElementOrder must name every item of the patch', () => {
    const patch = { spec: { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'b' }] } };
    expect(() => merge(containers('a'), patch)).toThrow('$setElementOrder/containers does not name every item');
  });

  test.each([
    [[{ image: 'x' }], 'an item of spec.containers has no "name" by which it could be merged'],
    [['text'], 'spec.containers holds text where an object is expected'],
    [[{ name: 'a', $patch: 'drop' }], 'an item of spec.containers has a directive that is none of replace, delete, merge'],
  ])('the items %o are refused', (items, message) => {
    expect(() => merge(containers('a'), { spec: { containers: items } })).toThrow(new PatchFault(message));
  });
});

describe('strategic merge: lists of scalars', () => {
  test('they are merged as a set, new values first', () => {
    expect(merge(finalizers('a', 'b'), finalizers('c', 'b'))).toEqual(finalizers('c', 'a', 'b'));
  });

  test('$deleteFromPrimitiveList takes values out', () => {
    const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': ['a', 'z'] } };
    expect(merge(finalizers('a', 'b'), patch)).toEqual(finalizers('b'));
    expect(merge({ metadata: {} }, patch)).toEqual({ metadata: {} });
  });

  test('$setElementOrder orders them', () => {
    expect(merge(finalizers('a', 'b', 'c'), { metadata: { '$setElementOrder/finalizers': ['c', 'b'] } })).toEqual(
      finalizers('a', 'c', 'b'),
    );
  });
});
