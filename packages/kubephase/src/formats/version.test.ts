import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, minorOf, parseVersion } from './version.ts';

test.each([
  ['v1.36.2', 'v1.36.2', ''],
  ['1.36.2', 'v1.36.2', ''],
  ['v1.36.0-rc.1', 'v1.36.0-rc.1', 'rc.1'],
  ['v1.36.2+build', 'v1.36.2+build', ''],
])('reads %s', (text, full, prerelease) => {
  expect(parseVersion(text)).toMatchObject({ major: 1, minor: 36, text: full, prerelease });
});

test.each(['v1.36', '1.36', 'foo', 'V1.36.2', 'v01.36.2', 'v1.036.2', 'v1.36.2 ', '', 'v1.36.2/x'])('refuses %j', (text) => {
  expect(parseVersion(text)).toBeUndefined();
});

test.each([
  ['v1.36.2', 'v1.36.10'],
  ['v1.36.0-rc.1', 'v1.36.0'],
  ['v1.36.0-alpha.9', 'v1.36.0-beta.0'],
  ['v1.9.0', 'v1.10.0'],
])('%s is older than %s', (older, newer) => {
  expect(compareVersions(parseVersion(older)!, parseVersion(newer)!)).toBeLessThan(0);
  expect(compareVersions(parseVersion(newer)!, parseVersion(older)!)).toBeGreaterThan(0);
});

test('build metadata does not make a version newer', () => {
  expect(compareVersions(parseVersion('v1.36.2+a')!, parseVersion('v1.36.2+b')!)).toBe(0);
});

test('every version survives printing and reading', () => {
  fc.assert(
    fc.property(fc.nat(3), fc.nat(99), fc.nat(99), (major, minor, patch) => {
      const version = parseVersion(`${major}.${minor}.${patch}`)!;
      expect(version).toMatchObject({ major, minor, patch });
      expect(parseVersion(version.text)).toEqual(version);
      expect(minorOf(version)).toBe(`${major}.${minor}`);
    }),
  );
});
