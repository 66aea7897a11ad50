/** Says where a value of the configuration comes from. */
import type { Location } from 'phaserunner';
import type { Origin } from '../../../config/request.ts';
import type { JsonValue } from '../../../config/types.ts';
import type { PlacedValue, ValuePath } from './values.ts';

/**
 * `default`, `detected` (on this machine), `generated` (anew in each run), `flag --name`, or `file:line:column`.
 * Takes the kind of the document.
 */
export type SourceOf = (kind: string, placed: PlacedValue) => string;

export interface SourceOptions {
  readonly origin: Origin;
  /** Path of the file in locations, and how the user wrote it. */
  readonly file: string | undefined;
  readonly typed: string | undefined;
}

export function createSourceOf({ origin, file, typed }: SourceOptions): SourceOf {
  const find = (kind: string, path: ValuePath): Location | undefined => origin([kind, ...path].join('.'));
  return (kind, { path, value }) => {
    const place = placeOf(path, (at) => find(kind, at)) ?? olderPlace(kind, path, origin);
    if (place === undefined) return sourceOnMachine(kind, path, value);
    if (place.file === undefined) return `flag ${place.object ?? ''}`.trim();
    return [place.file === file ? typed : place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
  };
}

type Find = (path: ValuePath) => Location | undefined;

/** Where a value was given, or the list or mapping of the user's that it belongs to. */
function placeOf(path: ValuePath, find: Find): Location | undefined {
  const own = find(path);
  if (own !== undefined) return own;
  const argument = path.findIndex((segment) => isArgumentList(segment));
  // v1beta3 and flags give arguments as a mapping. Its list has no places of its own.
  if (argument >= 0) return find(path.slice(0, argument + 1));
  const parent = path.slice(0, -1);
  return typeof path.at(-1) === 'number' || parent.at(-1) === 'featureGates' ? find(parent) : undefined;
}

function isArgumentList(segment: string | number): boolean {
  return segment === 'extraArgs' || segment === 'kubeletExtraArgs';
}

/** Fields that v1beta3 keeps elsewhere. */
const olderFields: Readonly<Record<string, string>> = {
  'InitConfiguration.timeouts.controlPlaneComponentHealthCheck': 'ClusterConfiguration.apiServer.timeoutForControlPlane',
  'JoinConfiguration.timeouts.discovery': 'JoinConfiguration.discovery.timeout',
};

function olderPlace(kind: string, path: ValuePath, origin: Origin): Location | undefined {
  const older = olderFields[[kind, ...path].join('.')];
  return older === undefined ? undefined : origin(older);
}

/** Values that depend on the machine when nobody gives them. */
const detected: ReadonlySet<string> = new Set([
  'nodeRegistration.name',
  'localAPIEndpoint.advertiseAddress',
  'controlPlane.localAPIEndpoint.advertiseAddress',
]);
const assumedSocket = 'unix:///var/run/containerd/containerd.sock';

function sourceOnMachine(kind: string, path: ValuePath, value: JsonValue): string {
  const field = path.join('.');
  if (detected.has(field)) return 'detected';
  if (/(^|\.)criSocket$/.test(field) && value !== assumedSocket) return 'detected';
  // No other value of this kind is without a default.
  return kind === 'InitConfiguration' && /^bootstrapTokens\.\d+\.token$/.test(field) ? 'generated' : 'default';
}
