/** JoinConfiguration as a v1beta4 document. It holds secrets: tokens and the certificate key. */
import type { Discovery, JoinConfig, JoinControlPlane, JsonObject } from '../types.ts';
import { compact } from './compact.ts';
import { nodeObject, timeoutsObject } from './parts.ts';

export function joinConfigurationDocument(config: JoinConfig): JsonObject {
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'JoinConfiguration',
    nodeRegistration: nodeObject(config.nodeRegistration),
    discovery: discoveryObject(config.discovery),
    // An empty mapping counts: it makes the node a control plane node.
    ...(config.controlPlane === undefined ? {} : { controlPlane: controlPlaneObject(config.controlPlane) }),
    timeouts: timeoutsObject(config.timeouts),
    ...compact({
      caCertPath: config.caCertPath,
      dryRun: config.dryRun,
      patches: compact({ directory: config.patchesDirectory }),
      skipPhases: config.skipPhases,
    }),
  };
}

function discoveryObject({ bootstrapToken, file, tlsBootstrapToken }: Discovery): JsonObject {
  const token = compact({ tlsBootstrapToken });
  if (bootstrapToken === undefined) return { file: { kubeConfigPath: file.kubeConfigPath }, ...token };
  const { token: discoveryToken, apiServerEndpoint, caCertHashes, unsafeSkipCAVerification } = bootstrapToken;
  return { bootstrapToken: { token: discoveryToken, ...compact({ apiServerEndpoint, caCertHashes, unsafeSkipCAVerification }) }, ...token };
}

function controlPlaneObject({ localAPIEndpoint, certificateKey }: JoinControlPlane): JsonObject {
  const { advertiseAddress, bindPort } = localAPIEndpoint;
  return { localAPIEndpoint: { advertiseAddress, bindPort }, ...compact({ certificateKey }) };
}
