/** Semantic versions as Kubernetes writes them, with a leading `v`. */
// The package's front door would load forty modules.
import compare from 'semver/functions/compare.js';
import parse from 'semver/functions/parse.js';

export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** Such as `rc.1`; empty for a release. */
  readonly prerelease: string;
  /** With leading `v` and build metadata: `v1.36.2+build`. */
  readonly text: string;
}

const release = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)([-\w.+]*)?$/;

/** Returns the version, or undefined when `text` is not one. The `v` may be missing. */
export function parseVersion(text: string): Version | undefined {
  if (!release.test(text)) return undefined;
  const parsed = parse(text.replace(/^v/, ''));
  if (parsed === null) return undefined;
  return {
    major: parsed.major,
    minor: parsed.minor,
    patch: parsed.patch,
    prerelease: parsed.prerelease.join('.'),
    text: `v${text.replace(/^v/, '')}`,
  };
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`. Build metadata does not count. */
export function compareVersions(a: Version, b: Version): number {
  return compare(a.text.slice(1), b.text.slice(1));
}

/** `1.36` of `v1.36.2`. */
export function minorOf(version: Version): string {
  return `${version.major}.${version.minor}`;
}
