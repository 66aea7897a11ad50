/** ResetConfiguration as a v1beta4 document. */
import type { JsonObject, ResetConfig } from '../types.ts';
import { compact } from './compact.ts';
import { timeoutsObject } from './parts.ts';

export function resetConfigurationDocument({ timeouts, ...fields }: ResetConfig): JsonObject {
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ResetConfiguration',
    ...compact(fields),
    timeouts: timeoutsObject(timeouts),
  };
}
