/** The configuration as `init` would use it, as documents of the newest version. */
import type { Origin } from '../../../config/request.ts';
import type { ComponentConfig, InitConfig, JsonObject } from '../../../config/types.ts';
import { succeeded, type Call } from '../call.ts';

export interface Effective {
  readonly documents: readonly JsonObject[];
  readonly origin: Origin;
}

/** @throws ProblemError with everything that is wrong with the configuration */
export async function loadEffective(call: Call): Promise<Effective> {
  const { flags, file } = call;
  const [{ loadInitConfig }, { initConfigurationDocument }, { clusterConfigurationDocument }] = await Promise.all([
    import('../../../config/load.ts'),
    import('../../../config/print/init.ts'),
    import('../../../config/print/cluster.ts'),
  ]);
  const loaded = await loadInitConfig(call.host, {
    flags,
    detectCriSocket: true,
    strict: flags['strict'] === true,
    allowUnknownVersion: flags['allow-unknown-version'] === true,
    ...(file === undefined ? {} : { configPath: file }),
  });
  const { config, origin } = succeeded(loaded, call.io);
  const components = shownComponents(config, call);
  return { documents: [initConfigurationDocument(config), clusterConfigurationDocument(config.cluster), ...components], origin };
}

/** Documents of components have many fields that the component itself decides: they are shown when the user has to do with them. */
function shownComponents({ kubelet, kubeProxy }: InitConfig, { flags }: Call): readonly JsonObject[] {
  const asked = flags['component-configs'];
  const isShown = ({ document, userSupplied }: ComponentConfig): boolean =>
    userSupplied || (Array.isArray(asked) && asked.includes(document['kind']));
  return [kubelet, kubeProxy].filter(isShown).map(({ document }) => document);
}
