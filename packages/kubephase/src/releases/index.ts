/** Finds the data of a Kubernetes release. */
import type { Version } from '../formats/version.ts';
import { release as v1_20 } from './1.20.ts';
import { release as v1_21 } from './1.21.ts';
import { release as v1_22 } from './1.22.ts';
import { release as v1_23 } from './1.23.ts';
import { release as v1_24 } from './1.24.ts';
import { release as v1_25 } from './1.25.ts';
import { release as v1_26 } from './1.26.ts';
import { release as v1_27 } from './1.27.ts';
import { release as v1_28 } from './1.28.ts';
import { release as v1_29 } from './1.29.ts';
import { release as v1_30 } from './1.30.ts';
import { release as v1_31 } from './1.31.ts';
import { release as v1_32 } from './1.32.ts';
import { release as v1_33 } from './1.33.ts';
import { release as v1_34 } from './1.34.ts';
import { release as v1_35 } from './1.35.ts';
import { release as v1_36 } from './1.36.ts';
import { release as v1_37 } from './1.37.ts';
import type { ByPatch, Release, ResolvedRelease, Traits } from './release.ts';

/** Ascending. A new minor is a new file and its line here; a test finds a file that is not listed. */
export const releases: readonly Release[] = [
  v1_20,
  v1_21,
  v1_22,
  v1_23,
  v1_24,
  v1_25,
  v1_26,
  v1_27,
  v1_28,
  v1_29,
  v1_30,
  v1_31,
  v1_32,
  v1_33,
  v1_34,
  v1_35,
  v1_36,
  v1_37,
];

/** Such as `1.36`, ascending. */
export const supportedMinors: readonly string[] = releases.map((release) => release.minor);

/**
 * Returns what a cluster of `version` needs, or undefined when its minor is not known. A patch newer than the
 * data gets the newest row.
 */
export function releaseFor(version: Version): ResolvedRelease | undefined {
  const minor = `${version.major}.${version.minor}`;
  const release = releases.find((candidate) => candidate.minor === minor);
  return release === undefined ? undefined : resolve(release, version.patch, version.text);
}

/** The newest release whose figures are confirmed: what is deployed when nobody can be asked for a version. */
export function newestRelease(): ResolvedRelease {
  const newest = releases.findLast((release) => release.confirmed);
  if (newest === undefined) throw new TypeError('no release is confirmed');
  return resolve(newest, newest.lastPatch, `v${newest.minor}.${newest.lastPatch}`);
}

function resolve(release: Release, patch: number, version: string): ResolvedRelease {
  return {
    version,
    minor: release.minor,
    confirmed: release.confirmed,
    registry: atPatch(release.registry, patch),
    etcd: atPatch(release.etcd, patch),
    coredns: atPatch(release.coredns, patch),
    corednsNested: release.corednsNested,
    pause: release.pause,
    traits: traitsAtPatch(release, patch),
  };
}

function atPatch<T>(rows: ByPatch<T>, patch: number): T {
  const row = rows.findLast(([from]) => from <= patch);
  if (row === undefined) throw new TypeError('the first row must hold from patch 0 on');
  return row[1];
}

function traitsAtPatch(release: Release, patch: number): Traits {
  const changes = (release.patchTraits ?? []).filter(([from]) => from <= patch).map(([, change]) => change);
  return Object.assign({}, release.traits, ...changes) as Traits;
}
