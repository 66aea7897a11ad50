/** The Kubernetes version that a text names, and the release that it selects. */
import { compareVersions, parseVersion, type Version } from '../../formats/version/version.ts';
import { newestRelease, releaseFor, releases, supportedMinors } from '../../releases/index.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import type { Reporter } from '../findings.ts';
import { defaults, textOr } from './values.ts';
import { isLabel, resolveLabel, type LabelTools } from './version-label.ts';

export interface Target {
  /** With leading `v`. */
  readonly version: string;
  /** `ci/<version>` when a CI build was asked for. */
  readonly ciVersion?: string;
  readonly release: ResolvedRelease;
}

const field = ['ClusterConfiguration', 'kubernetesVersion'];
const bucket = /^(?:(release|ci)\/)?([-\w.+]+)$/;

export interface TargetRequest extends LabelTools {
  /** Take the nearest known release for a version that no release describes. */
  readonly allowUnknown: boolean;
}

/** @param given a version, or a label such as `stable-1` */
export async function resolveTarget(given: string | null | undefined, { allowUnknown, ...tools }: TargetRequest): Promise<Target> {
  const text = textOr(given, defaults.kubernetesVersion);
  const [, prefix, name = ''] = bucket.exec(text) ?? [];
  const isCi = prefix === 'ci';
  const label = { text, name, bucket: isCi ? 'ci' : 'release' } as const;
  const version =
    parseVersion(text) ?? parseVersion(name) ?? (isLabel(name) ? await resolveLabel(label, tools) : refuse(text, tools.reporter));
  if (version === undefined) return fallback();
  const release = releaseFor(version) ?? unknownRelease(version, allowUnknown, tools.reporter);
  return { version: version.text, ...(isCi ? { ciVersion: `ci/${version.text}` } : {}), release };
}

function fallback(): Target {
  const release = newestRelease();
  return { version: release.version, release };
}

function refuse(text: string, reporter: Reporter): undefined {
  reporter.error('VERSION_INVALID', field, {
    summary: `kubernetesVersion: Invalid value: "${text}": neither a version nor a label`,
    detail: 'Versions look like v1.36.2 or ci/v1.36.2, labels like stable, stable-1, stable-1.36 or latest-1.36.',
    remedy: 'Give a full version with three numbers, in quotes.',
  });
  return undefined;
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
