/** The images that a configuration, or flags in its place, ask for. */
import type { InitConfig } from '../../../config/types.ts';
import { problem } from '../../../problems/catalogue.ts';
import { succeeded, tellWarnings, type Call } from '../call.ts';

export interface ClusterImages {
  /** In the order in which they are listed and pulled. */
  readonly images: readonly string[];
  readonly config: InitConfig;
}

/**
 * Loads the configuration and tells its warnings.
 * @throws ProblemError with everything that is wrong with the configuration
 */
export async function clusterImages(call: Call, options: { readonly detectCriSocket: boolean }): Promise<ClusterImages> {
  const { flags, file } = call;
  const [{ loadInitConfig }, { allImages }] = await Promise.all([import('../../../config/load.ts'), import('../../../core/images.ts')]);
  tellUnused(call);
  const loaded = await loadInitConfig(call.host, {
    ...options,
    ...(file === undefined ? { flags } : { flags: {}, configPath: file }),
    strict: flags['strict'] === true,
    allowUnknownVersion: flags['allow-unknown-version'] === true,
    ...(call.labels === undefined ? {} : { labels: call.labels }),
  });
  const { config, release } = succeeded(loaded, call.io);
  return { images: allImages(config.cluster, release), config };
}

/** Flags for fields of the file. kubeadm ignores them without a word. */
const unusedBesideFile = ['kubernetes-version', 'image-repository', 'feature-gates', 'cri-socket'];

function tellUnused({ flags, io, file }: Call): void {
  if (file === undefined) return;
  const unused = unusedBesideFile.filter((name) => flags[name] !== undefined).map((name) => `--${name}`);
  if (unused.length === 0) return;
  const summary = `${unused.join(', ')} ${unused.length === 1 ? 'has' : 'have'} no effect beside --config: the file decides`;
  tellWarnings([problem('FLAG_CONFLICT', { summary })], io);
}
