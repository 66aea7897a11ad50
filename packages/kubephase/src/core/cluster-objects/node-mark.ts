/** Labels and taints by which a Node is known as part of the control plane. */
import type { Taint } from '../../config/types.ts';
import type { ClusterObject } from './object.ts';

export interface NodeMark {
  /** Names; their value is the empty string. */
  readonly labels: readonly string[];
  readonly taints: readonly Taint[];
}

/** A taint as it stands on a Node: it may say when it was added. */
interface NodeTaint extends Taint {
  readonly timeAdded?: string;
}

/** Returns `node` with the mark. Labels and taints of others stay, theirs after ours; marking twice changes nothing. */
export function markNode<T extends ClusterObject>(node: T, mark: NodeMark): T {
  const labels = { ...node.metadata.labels, ...Object.fromEntries(mark.labels.map((label) => [label, ''])) };
  const spec = (node['spec'] ?? {}) as Readonly<Record<string, unknown>>;
  const existing = (spec['taints'] ?? []) as readonly NodeTaint[];
  const taints = [...mark.taints, ...existing.filter((taint) => !mark.taints.some((ours) => isSameTaint(ours, taint)))];
  const metadata = { ...node.metadata, labels };
  return taints.length === 0 ? { ...node, metadata } : { ...node, metadata, spec: { ...spec, taints } };
}

/** `key=value:effect`, as kubectl writes it. */
export function formatTaint(taint: Taint): string {
  return taint.value === undefined || taint.value === '' ? `${taint.key}:${taint.effect}` : `${taint.key}=${taint.value}:${taint.effect}`;
}

function isSameTaint(a: NodeTaint, b: NodeTaint): boolean {
  return a.key === b.key && (a.value ?? '') === (b.value ?? '') && a.effect === b.effect && a.timeAdded === b.timeAdded;
}
