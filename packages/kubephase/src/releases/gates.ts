/**
 * The feature gates of kubeadm by minor: which there are, what they are when nobody sets them, and what they change here.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/cmd/kubeadm/app/features/features.go (the same file of each minor)
 */
import type { ResolvedRelease, Traits } from './release.ts';

/** `alpha` and `deprecated` gates are off by default, `beta` ones on; a `locked` one is on and should no longer be set. */
export type GateStage = 'alpha' | 'beta' | 'deprecated' | 'locked' | 'removed';

interface Gate {
  /** The number behind the dot of the first minor of each stage, ascending. Gates that are older than the oldest minor start with it. */
  readonly stages: readonly (readonly [fromMinor: number, stage: GateStage])[];
  /** What setting it changes. Absent: nothing that this tool does. */
  readonly changes?: (on: boolean) => Partial<Traits>;
  /** Setting it has its effect although it is locked, as with kubeadm. */
  readonly honouredWhenLocked?: true;
  /** What to do instead of setting a deprecated gate. */
  readonly instead?: string;
  /** What becomes of `false`, where the gate has no effect here. */
  readonly without?: string;
}

const gates: Readonly<Record<string, Gate>> = {
  ControlPlaneKubeletLocalMode: {
    stages: [
      [31, 'alpha'],
      [33, 'beta'],
      [35, 'locked'],
      [36, 'removed'],
    ],
    changes: (on) => ({ kubeletUsesLocalEndpoint: on }),
  },
  EtcdLearnerMode: {
    stages: [
      [27, 'alpha'],
      [29, 'beta'],
      [32, 'locked'],
      [33, 'removed'],
    ],
  },
  IPv6DualStack: {
    stages: [
      [20, 'alpha'],
      [21, 'beta'],
      [23, 'locked'],
      [24, 'removed'],
    ],
  },
  NodeLocalCRISocket: {
    stages: [
      [32, 'alpha'],
      [34, 'beta'],
      [36, 'locked'],
    ],
    changes: (on) => ({ nodeLocalCriSocket: on }),
    honouredWhenLocked: true,
  },
  PublicKeysECDSA: {
    stages: [
      [20, 'alpha'],
      [29, 'deprecated'],
    ],
    instead: 'Use encryptionAlgorithm: ECDSA-P256 instead.',
  },
  RootlessControlPlane: { stages: [[22, 'alpha']] },
  UnversionedKubeletConfigMap: {
    stages: [
      [22, 'alpha'],
      [24, 'beta'],
      [25, 'locked'],
      [26, 'removed'],
    ],
    changes: (on) => ({ versionedKubeletConfigMap: !on }),
  },
  UpgradeAddonsBeforeControlPlane: {
    stages: [
      [28, 'deprecated'],
      [31, 'removed'],
    ],
    instead: 'Remove the gate: only upgrades look at it.',
  },
  WaitForAllControlPlaneComponents: {
    stages: [
      [30, 'alpha'],
      [33, 'beta'],
      [34, 'locked'],
      [35, 'removed'],
    ],
    without: 'all components are waited for in any case',
  },
};

/** Every gate that some minor has. */
export const gateNames: readonly string[] = Object.keys(gates);

/** Stage of a gate in a minor such as `1.36`; undefined when its kubeadm has no such gate. */
export function gateStage(name: string, minor: string): Exclude<GateStage, 'removed'> | undefined {
  const number = Number(minor.split('.')[1]);
  const stage = stagesOf(name).findLast(([from]) => from <= number)?.[1];
  return stage === 'removed' ? undefined : stage;
}

/** Names of the gates that a minor has. */
export function gatesOf(minor: string): readonly string[] {
  return gateNames.filter((name) => gateStage(name, minor) !== undefined);
}

/** What is said to somebody who sets the gate; see `Gate`. */
export function gateAdvice(name: string): Pick<Gate, 'instead' | 'without' | 'honouredWhenLocked'> {
  return gateOf(name) ?? {};
}

/** Which minors have the gate, as the end of "it": `can be set for Kubernetes 1.27 to 1.31, and is always on in 1.32`. */
export function describeGate(name: string): string {
  const stages = stagesOf(name);
  const from = (stage: GateStage) => stages.find(([, candidate]) => candidate === stage)?.[0];
  const [first = 0] = stages[0] ?? [];
  const locked = from('locked');
  const removed = from('removed');
  const settable = range(first, locked ?? removed);
  return `can be set for Kubernetes ${settable}${locked === undefined ? '' : `, and is always on in ${range(locked, removed)}`}`;
}

/** @param end first minor that is no longer meant */
function range(from: number, end: number | undefined): string {
  if (end === undefined) return `1.${from} and later`;
  return end - from === 1 ? `1.${from}` : `1.${from} to 1.${end - 1}`;
}

/** The release as the gates change it. Gates that its kubeadm has not, or has locked, change nothing, except those that it honours still. */
export function withGates(release: ResolvedRelease, given: Readonly<Record<string, boolean>>): ResolvedRelease {
  const changes = Object.entries(given).map(([name, on]) => {
    const stage = gateStage(name, release.minor);
    const gate = gateOf(name);
    const counts = stage !== undefined && (stage !== 'locked' || gate?.honouredWhenLocked === true);
    return counts ? gate?.changes?.(on) : undefined;
  });
  return { ...release, traits: Object.assign({}, release.traits, ...changes) as Traits };
}

function stagesOf(name: string): Gate['stages'] {
  return gateOf(name)?.stages ?? [];
}

function gateOf(name: string): Gate | undefined {
  return Object.hasOwn(gates, name) ? gates[name] : undefined;
}
