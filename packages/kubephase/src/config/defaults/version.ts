/** The Kubernetes version that a text or a label such as `stable-1` names, and the release that it selects. */
import type { LabelBucket, ReleaseLabels } from '../../clients/releases/port.ts';
import { compareVersions, minorOf, parseVersion, type Version } from '../../formats/version.ts';
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
const versionPattern = /^(?:(release|ci)\/)?([-\w.+]+)$/;

interface TargetRequest extends LabelTools {
  /** Take the nearest known release for a version that no release describes. */
  readonly allowUnknown: boolean;
}

/** @param given a version, or a label such as `stable-1` */
export async function resolveTarget(given: string | null | undefined, { allowUnknown, ...tools }: TargetRequest): Promise<Target> {
  const text = textOr(given, defaults.kubernetesVersion);
  const [, prefix, name = ''] = versionPattern.exec(text) ?? [];
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
    remedy: minorRemedy(text) ?? 'Give a full version with three numbers, in quotes.',
  });
  return undefined;
}

/** Who writes a minor means its newest patch. */
function minorRemedy(text: string): string | undefined {
  const [, minor] = /^v?(\d+\.\d+)$/.exec(text) ?? [];
  if (minor === undefined) return undefined;
  const known = releases.find((release) => release.minor === minor);
  const patch = known === undefined ? 'a full version with three numbers' : `v${minor}.${known.lastPatch}, the newest patch known here`;
  return `"${text}" is a minor: write the label stable-${minor} for its newest patch, or ${patch}.`;
}

function unknownRelease(version: Version, allowed: boolean, reporter: Reporter): ResolvedRelease {
  const nearest = nearestRelease(version);
  const range = `${supportedMinors[0] ?? ''} to ${supportedMinors.at(-1) ?? ''}`;
  const report = allowed ? reporter.warn : reporter.error;
  const summary = `${reporter.program} only supports deploying clusters of Kubernetes ${range}, not ${version.text}`;
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

interface LabelTools {
  /** Without it nothing is looked up. */
  readonly labels: ReleaseLabels | undefined;
  readonly reporter: Reporter;
}

interface Label {
  /** As the user wrote it, with `ci/` in front where that was given. */
  readonly text: string;
  readonly bucket: LabelBucket;
  readonly name: string;
}

const labelPattern = /^(?:(?:latest|stable)+(?:-([1-9](?:\.[1-9]\d?)?))?)$/;

function isLabel(name: string): boolean {
  return labelPattern.test(name);
}

/**
 * Looks the label up. Without an answer the newest version that this tool knows (of the label's minor, when it names one) stands in,
 * with a warning. A minor that is newer than this tool is not taken: the newest patch of the newest minor that the tool knows is.
 * @returns undefined when the server answers with something that is not a version, which is reported
 */
async function resolveLabel(label: Label, { labels, reporter }: LabelTools): Promise<Version | undefined> {
  if (labels === undefined) return standIn(label, 'is not looked up on the network', reporter);
  const answer = await labels.lookUp(label.bucket, label.name);
  if ('failure' in answer) return standIn(label, `could not be looked up at ${answer.url} (${answer.failure})`, reporter);
  const version = parseVersion(answer.text);
  if (version === undefined) {
    reporter.error('VERSION_INVALID', field, {
      summary: `kubernetesVersion: Invalid value: "${label.text}": ${answer.url} does not hold a version`,
      detail: `It holds ${JSON.stringify(answer.text.slice(0, 100))}.`,
      remedy: 'Name a version, such as --kubernetes-version v1.36.2.',
    });
    return undefined;
  }
  const { minor } = newestRelease();
  const capped = `stable-${minor}`;
  if (!isNewerThan(version, minor) || label.name === capped) return version;
  return resolveLabel({ text: label.text, bucket: 'release', name: capped }, { labels, reporter });
}

/** @param minor such as `1.36` */
function isNewerThan(version: Version, minor: string): boolean {
  const known = parseVersion(`${minor}.0`);
  return known !== undefined && (version.major > known.major || (version.major === known.major && version.minor > known.minor));
}

function standIn({ text, name }: Label, reason: string, reporter: Reporter): Version | undefined {
  const known = releases.find(({ minor }) => minor === labelPattern.exec(name)?.[1]);
  const version = parseVersion(known === undefined ? newestRelease().version : `v${known.minor}.${known.lastPatch}`);
  const scope = known === undefined || version === undefined ? '' : ` of ${minorOf(version)}`;
  reporter.warn('VERSION_LABEL_UNRESOLVED', field, {
    summary: `the version label "${text}" ${reason}; ${version?.text}, the newest version${scope} known to this tool, is used`,
    remedy: 'Name a version, such as --kubernetes-version v1.36.2, to silence this warning.',
  });
  return version;
}
