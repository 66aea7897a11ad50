/** Typed configuration documents for programs that write them: what the compiler accepts, the schemas accept. */
import type { InferInput } from 'valibot';
import type {
  clusterConfiguration,
  initConfiguration,
  joinConfiguration,
  resetConfiguration,
  upgradeConfiguration,
} from './schema/v1beta4.ts';

/** Fields of each kind of `kubeadm.k8s.io/v1beta4`, without apiVersion and kind. Every field may be missing. */
export interface ConfigurationFields {
  readonly InitConfiguration: Omit<InferInput<typeof initConfiguration>, 'apiVersion' | 'kind'>;
  readonly ClusterConfiguration: Omit<InferInput<typeof clusterConfiguration>, 'apiVersion' | 'kind'>;
  readonly JoinConfiguration: Omit<InferInput<typeof joinConfiguration>, 'apiVersion' | 'kind'>;
  readonly ResetConfiguration: Omit<InferInput<typeof resetConfiguration>, 'apiVersion' | 'kind'>;
  readonly UpgradeConfiguration: Omit<InferInput<typeof upgradeConfiguration>, 'apiVersion' | 'kind'>;
}

export type ConfigurationKind = keyof ConfigurationFields;

/** A document as it stands in a file. */
export type ConfigurationDocument<K extends ConfigurationKind = ConfigurationKind> = {
  readonly [Kind in K]: ConfigurationFields[Kind] & { readonly apiVersion: 'kubeadm.k8s.io/v1beta4'; readonly kind: Kind };
}[K];

/**
 * Returns the document of `kind` with `fields`.
 *
 * @example
 * configuration('ClusterConfiguration', { kubernetesVersion: 'v1.36.2', networking: { podSubnet: '10.244.0.0/16' } })
 */
export function configuration<K extends ConfigurationKind>(kind: K, fields: ConfigurationFields[K]): ConfigurationDocument<K> {
  return { apiVersion: 'kubeadm.k8s.io/v1beta4', kind, ...fields };
}

/** Returns the text of a configuration file with `documents`, sorted keys, separated by `---`. Give it to `loadConfig` to have it checked. */
export async function printConfiguration(documents: readonly ConfigurationDocument[]): Promise<string> {
  const { printYamlDocuments } = await import('../formats/yaml/print.ts');
  return printYamlDocuments(documents);
}
