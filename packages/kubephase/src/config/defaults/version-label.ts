/** The version that a label such as `stable-1` stands for. */
import type { LabelBucket, ReleaseLabels } from '../../clients/releases/port.ts';
import { minorOf, parseVersion, type Version } from '../../formats/version/version.ts';
import { newestRelease, releases } from '../../releases/index.ts';
import type { Reporter } from '../findings.ts';

export interface LabelTools {
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

const field = ['ClusterConfiguration', 'kubernetesVersion'];
const pattern = /^(?:(?:latest|stable)+(?:-([1-9](?:\.[1-9]\d?)?))?)$/;

export function isLabel(name: string): boolean {
  return pattern.test(name);
}

/**
 * Looks the label up. Without an answer the newest version that this tool knows (of the label's minor, when it names one) stands in,
 * with a warning. A minor that is newer than this tool is not taken: the newest patch of the newest minor that the tool knows is.
 * @returns undefined when the server answers with something that is not a version, which is reported
 */
export async function resolveLabel(label: Label, { labels, reporter }: LabelTools): Promise<Version | undefined> {
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
  const known = releases.find(({ minor }) => minor === pattern.exec(name)?.[1]);
  const version = parseVersion(known === undefined ? newestRelease().version : `v${known.minor}.${known.lastPatch}`);
  const scope = known === undefined || version === undefined ? '' : ` of ${minorOf(version)}`;
  reporter.warn('VERSION_LABEL_UNRESOLVED', field, {
    summary: `the version label "${text}" ${reason}; ${version?.text}, the newest version${scope} known to this tool, is used`,
    remedy: 'Name a version, such as --kubernetes-version v1.36.2, to silence this warning.',
  });
  return version;
}
