/** The documents that `config print … -defaults` shows: defaults, with placeholders where a value belongs to a machine. */
import { failure } from '../../problems/catalogue.ts';
import { newestRelease } from '../../releases/index.ts';
import { completeInit } from '../defaults/init.ts';
import { completeTimeouts, defaults } from '../defaults/values.ts';
import { completeUpgrade } from '../defaults/upgrade.ts';
import { createFindings, createReporter } from '../findings.ts';
import { componentKinds, nearestKnown, type ComponentKind } from '../vocabulary.ts';
import { placeholders, standInMachine } from '../defaults/machine.ts';
import { createPlaces } from '../places.ts';
import { completeNodeRegistration, defaultCriSocket } from '../defaults/node.ts';
import type { JsonObject, NodeRegistration } from '../types.ts';
import {
  clusterConfigurationDocument,
  initConfigurationDocument,
  joinConfigurationDocument,
  resetConfigurationDocument,
  upgradeConfigurationDocument,
} from './documents.ts';
import { nodeObject } from './parts.ts';

/** Names that `--component-configs` takes. */
export const componentNames: readonly string[] = componentKinds.map(({ kind }) => kind).sort();

/**
 * InitConfiguration, ClusterConfiguration, and the component configurations named, in the order given.
 * @throws ProblemError `CONFIG_UNKNOWN_KIND` for a name that is none of `componentNames`
 */
export async function initDefaults(components: readonly string[] = []): Promise<readonly JsonObject[]> {
  const chosen = components.map((name) => knownComponent(name));
  const version = `${newestRelease().minor}.0`;
  const given = {
    init: { bootstrapTokens: [{ token: placeholders.token }] },
    cluster: { kubernetesVersion: version },
    kubelet: undefined,
    kubeProxy: undefined,
  };
  const { config } = await completeInit(given, { detectCriSocket: false }, tools());
  const documents = { KubeletConfiguration: config.kubelet.document, KubeProxyConfiguration: config.kubeProxy.document };
  return [
    { ...initConfigurationDocument(config), nodeRegistration: withoutTaints(config.nodeRegistration) },
    { ...clusterConfigurationDocument(config.cluster), kubernetesVersion: version },
    ...chosen.map((kind) => documents[kind]),
  ];
}

/** JoinConfiguration of a worker with this name. */
export async function joinDefaults(nodeName: string): Promise<readonly JsonObject[]> {
  const { token, apiServerEndpoint } = placeholders;
  const field = ['JoinConfiguration', 'nodeRegistration'];
  const nodeRegistration = await completeNodeRegistration(
    { name: nodeName },
    { field, taintKeys: [], detectCriSocket: false, tools: tools() },
  );
  const document = joinConfigurationDocument({
    dryRun: false,
    nodeRegistration,
    caCertPath: defaults.caCertPath,
    discovery: { bootstrapToken: { token, apiServerEndpoint, caCertHashes: [], unsafeSkipCAVerification: true }, tlsBootstrapToken: token },
    skipPhases: [],
    timeouts: completeTimeouts(undefined),
  });
  return [{ ...document, nodeRegistration: withoutTaints(nodeRegistration) }];
}

/** ResetConfiguration. */
export function resetDefaults(): readonly JsonObject[] {
  const fields = {
    cleanupTmpDir: false,
    certificatesDir: defaults.certificatesDir,
    criSocket: defaultCriSocket,
    dryRun: false,
    force: false,
    ignorePreflightErrors: [],
    skipPhases: [],
    unmountFlags: [],
  };
  return [resetConfigurationDocument({ ...fields, timeouts: completeTimeouts(undefined) })];
}

/** UpgradeConfiguration. */
export function upgradeDefaults(): readonly JsonObject[] {
  return [upgradeConfigurationDocument(completeUpgrade({}))];
}

/** Null is what asks for the taints that a node of its kind has. */
function withoutTaints(node: NodeRegistration): JsonObject {
  return { ...nodeObject(node), taints: null };
}

function tools() {
  const places = createPlaces({ documents: new Map(), flags: new Map() });
  return { host: standInMachine, reporter: createReporter(createFindings({}), places) };
}

function knownComponent(name: string): ComponentKind['kind'] {
  const known = componentKinds.find(({ kind }) => kind === name);
  if (known !== undefined) return known.kind;
  const meant = nearestKnown(name, componentNames);
  throw failure('CONFIG_UNKNOWN_KIND', {
    summary: `unknown component configuration "${name}"; known are [${componentNames.join(' ')}]`,
    remedy: meant === undefined ? `Name one of ${componentNames.join(', ')}.` : `Did you mean "${meant}"?`,
    where: { object: '--component-configs' },
  });
}
