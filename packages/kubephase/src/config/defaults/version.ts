/** The Kubernetes version that a text names, and the release that it selects. */
import { compareVersions, parseVersion, type Version } from '../../formats/version/version.ts';
import { newestRelease, releaseFor, releases, supportedMinors } from '../../releases/index.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import type { Reporter } from '../findings.ts';
import { defaults, textOr } from './values.ts';

export interface Target {
  /** With leading `v`. */
  readonly version: string;
  /** `ci/<version>` when a CI build was asked for. */
  readonly ciVersion?: string;
  readonly release: ResolvedRelease;
}

const field = ['ClusterConfiguration', 'kubernetesVersion'];
const bucket = /^(?:(release|ci)\/)?([-\w.+]+)$/;
const label = /^(?:(?:latest|stable)+(?:-([1-9](?:\.[1-9]\d?)?))?)$/;

/**
 * Labels are not looked up: the newest version that this tool knows (of the label's minor, when it names one)
 * stands in, with a warning, as kubeadm does without a network.
 */
export function resolveTarget(given: string | null | undefined, allowUnknown: boolean, reporter: Reporter): Target {
  const text = textOr(given, defaults.kubernetesVersion);
  const [, prefix, name = ''] = bucket.exec(text) ?? [];
  const version = parseVersion(text) ?? parseVersion(name) ?? resolveLabel(text, name, reporter);
  if (version === undefined) return fallback();
  const release = releaseFor(version) ?? unknownRelease(version, allowUnknown, reporter);
  return { version: version.text, ...(prefix === 'ci' ? { ciVersion: `ci/${version.text}` } : {}), release };
}

function fallback(): Target {
  const release = newestRelease();
  return { version: release.version, release };
}

function resolveLabel(text: string, name: string, reporter: Reporter): Version | undefined {
  const match = label.exec(name);
  if (match === null) {
    reporter.error('VERSION_INVALID', field, {
      summary: `kubernetesVersion: Invalid value: "${text}": neither a version nor a label`,
      detail: 'Versions look like v1.36.2 or ci/v1.36.2, labels like stable, stable-1, stable-1.36 or latest-1.36.',
      remedy: 'Give a full version with three numbers, in quotes.',
    });
    return undefined;
  }
  const known = releases.find(({ minor }) => minor === match[1]);
  const version = known === undefined ? newestRelease().version : `v${known.minor}.${known.lastPatch}`;
  reporter.warn('VERSION_LABEL_UNRESOLVED', field, {
    summary: `the version label "${text}" is not looked up on the network; ${version}, the newest version known to this tool, is used`,
    remedy: 'Name a version, such as --kubernetes-version v1.36.2, to silence this warning.',
  });
  return parseVersion(version);
}

function unknownRelease(version: Version, allowed: boolean, reporter: Reporter): ResolvedRelease {
  const nearest = nearestRelease(version);
  const range = `${supportedMinors[0] ?? ''} to ${supportedMinors.at(-1) ?? ''}`;
  const report = allowed ? reporter.warn : reporter.error;
  const summary = `kubephase only supports deploying clusters of Kubernetes ${range}, not ${version.text}`;
  report('VERSION_UNSUPPORTED', field, {
    summary: allowed ? `${summary}; the data of ${nearest.minor} is used` : summary,
    remedy: 'Choose a supported version, or a version of this tool that supports the version wanted.',
  });
  return { ...nearest, version: version.text };
}

/** The oldest release for versions before it, the newest for all others. */
function nearestRelease(version: Version): ResolvedRelease {
  const ends = [releases[0], releases.at(-1)].flatMap((end) =>
    end === undefined ? [] : (parseVersion(`v${end.minor}.${end.lastPatch}`) ?? []),
  );
  const end = ends.find((candidate) => compareVersions(version, candidate) < 0) ?? ends.at(-1);
  return (end === undefined ? undefined : releaseFor(end)) ?? newestRelease();
}
