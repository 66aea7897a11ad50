/** The configuration as commands would use it, as documents of the newest version. */
import { fieldFlags } from '../../../flags/config.ts';
import type { Origin } from '../../../config/request.ts';
import type { ComponentConfig, InitConfig, JsonObject } from '../../../config/types.ts';
import type { WholeConfig } from '../../../config/whole-file.ts';
import { succeeded, type Call } from '../call.ts';

export interface Effective {
  readonly documents: readonly JsonObject[];
  readonly origin: Origin;
}

/** @throws ProblemError with everything that is wrong with the configuration */
export async function loadEffective(call: Call): Promise<Effective> {
  const { config, origin } = await load(call);
  return { documents: await documentsOf(config, call), origin };
}

/** Flags for fields of the file mean `init`, and are read as it reads them; otherwise every kind of the file is shown. */
async function load(call: Call): Promise<{ readonly config: WholeConfig; readonly origin: Origin }> {
  const { flags, file, host, io, labels } = call;
  const options = {
    detectCriSocket: true,
    strict: flags['strict'] === true,
    allowUnknownVersion: flags['allow-unknown-version'] === true,
    ...(labels === undefined ? {} : { labels }),
  };
  if (file !== undefined && !fieldFlags.some(({ name }) => flags[name] !== undefined)) {
    const { loadConfig } = await import('../../../config/whole-file.ts');
    return succeeded(await loadConfig({ ...options, path: file, host }), io);
  }
  const { loadInitConfig } = await import('../../../config/load.ts');
  const loaded = await loadInitConfig(host, { ...options, flags, ...(file === undefined ? {} : { configPath: file }) });
  const { config, origin } = succeeded(loaded, io);
  return { config: { init: config }, origin };
}

async function documentsOf({ init, join, reset, upgrade }: WholeConfig, call: Call): Promise<readonly JsonObject[]> {
  const print = await import('../../../config/print/documents.ts');
  return [
    ...(init === undefined
      ? []
      : [print.initConfigurationDocument(init), print.clusterConfigurationDocument(init.cluster), ...shownComponents(init, call)]),
    ...(join === undefined ? [] : [print.joinConfigurationDocument(join)]),
    ...(reset === undefined ? [] : [print.resetConfigurationDocument(reset)]),
    ...(upgrade === undefined ? [] : [print.upgradeConfigurationDocument(upgrade)]),
  ];
}

/** Documents of components have many fields that the component itself decides: they are shown when the user has to do with them. */
function shownComponents({ kubelet, kubeProxy }: InitConfig, { flags }: Call): readonly JsonObject[] {
  const asked = flags['component-configs'];
  const isShown = ({ document, userSupplied }: ComponentConfig): boolean =>
    userSupplied || (Array.isArray(asked) && asked.includes(document['kind']));
  return [kubelet, kubeProxy].filter(isShown).map(({ document }) => document);
}
