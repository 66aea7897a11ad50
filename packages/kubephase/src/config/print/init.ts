/** InitConfiguration as a v1beta4 document. It holds secrets: bootstrap tokens and the certificate key. */
import { formatDuration } from '../../formats/duration/duration.ts';
import type { BootstrapToken, InitConfig, JsonObject, NodeRegistration, Taint, Timeouts } from '../types.ts';
import { compact } from './compact.ts';
import { argumentObjects } from './parts.ts';

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

function nodeObject({ name, criSocket, taints, imagePullSerial, imagePullPolicy, ...lists }: NodeRegistration): JsonObject {
  const { kubeletExtraArgs, ignorePreflightErrors } = lists;
  return {
    taints: taints.map((taint) => taintObject(taint)),
    imagePullSerial,
    ...compact({ name, criSocket, imagePullPolicy, ignorePreflightErrors, kubeletExtraArgs: argumentObjects(kubeletExtraArgs) }),
  };
}

function taintObject({ key, value, effect }: Taint): JsonObject {
  return { key, effect, ...compact({ value }) };
}

function timeoutsObject(timeouts: Timeouts): JsonObject {
  return {
    controlPlaneComponentHealthCheck: formatDuration(timeouts.controlPlaneComponentHealthCheckMs),
    kubeletHealthCheck: formatDuration(timeouts.kubeletHealthCheckMs),
    kubernetesAPICall: formatDuration(timeouts.kubernetesAPICallMs),
    etcdAPICall: formatDuration(timeouts.etcdAPICallMs),
    tlsBootstrap: formatDuration(timeouts.tlsBootstrapMs),
    discovery: formatDuration(timeouts.discoveryMs),
    upgradeManifests: formatDuration(timeouts.upgradeManifestsMs),
  };
}
