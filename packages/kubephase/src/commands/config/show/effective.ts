/** The configuration as commands would use it, as documents of the newest version, with its secrets hidden. */
import type { Origin } from '../../../config/request.ts';
import type { ComponentConfig, InitConfig, JsonObject, JsonValue } from '../../../config/types.ts';
import type { WholeConfig } from '../../../config/whole-file.ts';
import { fieldFlags } from '../../../flags/config.ts';
import { succeeded, type Call } from '../../../run/call.ts';

interface Effective {
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
  const { flags, file, host, io, labels, program } = call;
  const options = {
    detectCriSocket: true,
    program,
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

const hidden = '(hidden)';

/** What is shown in place of a secret, by the name of its field. The first half of a token is public. */
const masks: Readonly<Record<string, (secret: string) => string>> = {
  certificateKey: () => hidden,
  token: maskToken,
  tlsBootstrapToken: maskToken,
};

/** Returns a copy without secrets. A document that is read back with a mask in it is refused. */
export function hideSecrets(document: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, hide(key, value)]));
}

function hide(key: string, value: JsonValue): JsonValue {
  if (typeof value === 'string') return masks[key]?.(value) ?? value;
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => hide('', item));
  return typeof value === 'object' && value !== null ? hideSecrets(value as JsonObject) : value;
}

function maskToken(token: string): string {
  const [id = ''] = token.split('.');
  return `${id}.${hidden}`;
}
