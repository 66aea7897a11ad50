import { describe, expect, it } from 'vitest';
import { editDistance, nearest, pathDistance, quotable } from './nearest.ts';

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['', 'abc', 3],
    ['kettle', 'kettle', 0],
    ['kettle', 'ketle', 1],
    ['abcd', 'abdc', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('between %j and %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });
});

describe('nearest', () => {
  it('returns the candidate with the fewest changes, whatever the case', () => {
    expect(nearest('Preflihgt', ['certs', 'preflight'])).toBe('preflight');
  });

  it('returns nothing when nothing is near', () => {
    expect(nearest('xyz', ['certs', 'preflight'])).toBeUndefined();
  });

  it('a word of more than 100 characters is near to nothing', () => {
    const name = 'x'.repeat(100);
    expect(nearest(name, [name])).toBe(name);
    expect(nearest(`${name}x`, [`${name}x`])).toBeUndefined();
  });

  it('such a word is quoted by its beginning', () => {
    expect(quotable('x'.repeat(100))).toHaveLength(100);
    expect(quotable('x'.repeat(101))).toBe(`${'x'.repeat(60)}…`);
  });

  const paths = ['certs', 'certs/ca', 'certs/apiserver', 'addon', 'addon/net-proxy', 'addon/coredns', 'upload-config'];
  it.each([
    ['ca', 'certs/ca'],
    ['coredns', 'addon/coredns'],
    ['addons/proxy', 'addon/net-proxy'],
    ['addons/proxyy', 'addon/net-proxy'],
    ['pproxy', 'addon/net-proxy'],
    ['cert/ca', 'certs/ca'],
    ['certs/apisever', 'certs/apiserver'],
    ['uploadconfig', 'upload-config'],
    ['certs', 'certs'],
  ])('finds for the path %s the path %s', (spelled, path) => {
    expect(nearest(spelled, paths, pathDistance)).toBe(path);
  });
});
