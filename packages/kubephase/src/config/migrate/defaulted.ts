/** Documents of a complete configuration, as kubeadm writes them when it converts a file. */
import { completeCriSocket } from '../defaults/cri-socket.ts';
import type { Tools } from '../defaults/tools.ts';
import { defaults } from '../defaults/values.ts';
import type { ConfigDocument } from '../documents.ts';
import { clusterConfigurationDocument } from '../print/cluster.ts';
import { initConfigurationDocument } from '../print/init.ts';
import { joinConfigurationDocument } from '../print/join.ts';
import { nodeObject } from '../print/parts.ts';
import { resetConfigurationDocument } from '../print/reset.ts';
import { upgradeConfigurationDocument } from '../print/upgrade.ts';
import type { JoinConfig, JsonObject, ResetConfig } from '../types.ts';
import type { WholeConfig } from '../whole-file.ts';

export interface DefaultedOptions {
  readonly documents: ReadonlyMap<string, ConfigDocument>;
  readonly detectCriSocket: boolean;
  readonly tools: Tools;
}

/** In the order Init, Cluster, Join, Reset, Upgrade; the first two always together. They hold secrets. */
export async function defaultedDocuments(config: WholeConfig, options: DefaultedOptions): Promise<readonly JsonObject[]> {
  const { init, join, reset, upgrade } = config;
  return [
    ...(init === undefined ? [] : [initConfigurationDocument(init), clusterConfigurationDocument(init.cluster)]),
    ...(join === undefined ? [] : [joinDocument(join, options)]),
    ...(reset === undefined ? [] : [resetConfigurationDocument(await completeFromMachine(reset, options))]),
    ...(upgrade === undefined ? [] : [upgradeConfigurationDocument(upgrade)]),
  ];
}

/** Taints that a worker was not given stay open: null and an empty list differ once the node gets a control plane. */
function joinDocument(join: JoinConfig, { documents }: DefaultedOptions): JsonObject {
  const document = joinConfigurationDocument(join);
  const given = documents.get('JoinConfiguration')?.data['nodeRegistration'] as { readonly taints?: unknown } | null | undefined;
  const isOpen = join.controlPlane === undefined && (given?.taints ?? null) === null;
  return isOpen ? { ...document, nodeRegistration: { ...nodeObject(join.nodeRegistration), taints: null } } : document;
}

async function completeFromMachine(reset: ResetConfig, { detectCriSocket, tools }: DefaultedOptions): Promise<ResetConfig> {
  const field = ['ResetConfiguration', 'criSocket'];
  return {
    ...reset,
    certificatesDir: reset.certificatesDir ?? defaults.certificatesDir,
    criSocket: reset.criSocket ?? (await completeCriSocket({ given: undefined, field, detect: detectCriSocket }, tools)),
  };
}
