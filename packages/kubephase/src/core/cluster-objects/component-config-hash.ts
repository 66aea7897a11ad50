/** The mark by which a later command tells a generated component configuration from a user's own. */
import { createHash } from 'node:crypto';
import type { ClusterObject } from './object.ts';

const annotation = 'kubeadm.kubernetes.io/component-config.hash';

/**
 * Returns `sha256:` and the hex digest over the values of `data` in the order of their keys. Neither keys nor
 * separators are hashed.
 */
export function componentConfigHash(data: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const key of Object.keys(data).toSorted()) hash.update(data[key] ?? '', 'utf8');
  return `sha256:${hash.digest('hex')}`;
}

/** Returns the ConfigMap marked as generated: its annotation holds the hash of its own data. */
export function markGenerated(map: ClusterObject): ClusterObject {
  const data = (map['data'] ?? {}) as Readonly<Record<string, string>>;
  const annotations = { ...map.metadata.annotations, [annotation]: componentConfigHash(data) };
  return { ...map, metadata: { ...map.metadata, annotations } };
}
