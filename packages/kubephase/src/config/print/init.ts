/** InitConfiguration as a v1beta4 document. It holds secrets: bootstrap tokens and the certificate key. */
import { formatDuration } from '../../formats/duration.ts';
import type { BootstrapToken, InitConfig, JsonObject } from '../types.ts';
import { compact } from './compact.ts';
import { nodeObject, timeoutsObject } from './parts.ts';

export function initConfigurationDocument(config: InitConfig): JsonObject {
  const { advertiseAddress, bindPort } = config.localAPIEndpoint;
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'InitConfiguration',
    nodeRegistration: nodeObject(config.nodeRegistration),
    localAPIEndpoint: { advertiseAddress, bindPort },
    timeouts: timeoutsObject(config.timeouts),
    ...compact({
      bootstrapTokens: config.bootstrapTokens.map((token) => tokenObject(token)),
      certificateKey: config.certificateKey,
      dryRun: config.dryRun,
      patches: compact({ directory: config.patchesDirectory }),
      skipPhases: config.skipPhases,
    }),
  };
}

function tokenObject({ token, description, ttlMs, expires, usages, groups }: BootstrapToken): JsonObject {
  return { token, ...compact({ description, ttl: ttlMs === undefined ? undefined : formatDuration(ttlMs), expires, usages, groups }) };
}
