/** `config images list` and `config images pull`: the images that a control plane node needs. */
import type { Command } from 'commander';
import { addFlags, setExamples, type Candidate } from 'phaserunner/commander';
import type { InitConfig } from '../../config/types.ts';
import { listImagesFlags, pullImagesFlags } from '../../flags/config.ts';
import { failure, problem } from '../../problems/catalogue.ts';
import { openCall, succeeded, tellWarnings, type Call } from '../../run/call.ts';
import type { Setting } from '../../run/machine.ts';

export function bindImagesList(command: Command, { program, machine }: Setting): void {
  command.description(
    'One image a line, in the order in which they are pulled. The list follows the Kubernetes version, the registry and the add-ons of the configuration.',
  );
  addFlags(command, listImagesFlags);
  setExamples(
    command,
    [
      `${program} config images list --kubernetes-version v1.36.2`,
      `${program} config images list --config cluster.yaml -o json`,
      `${program} config images list --image-repository registry.example/k8s -o 'jsonpath={.images[0]}'`,
    ].join('\n'),
  );
  command.action(async () => {
    const call = await openCall(command, machine, 'config');
    // A mistake in --output is told before the configuration is looked at.
    const print = await printerOf(call);
    const { images } = await clusterImages(call, { detectCriSocket: false });
    call.io.stdout.write(print([{ kind: 'Images', apiVersion: 'output.kubeadm.k8s.io/v1alpha3', images }]));
  });
}

/** What completion offers for `-o` of commands that print objects; templates stand behind an equals sign. */
export async function formatCandidates(): Promise<readonly Candidate[]> {
  const { structuredFormats, takesTemplate } = await import('../../output/structured.ts');
  return structuredFormats.map((format) => ({ word: takesTemplate(format) ? `${format}=` : format, text: '' }));
}

/** The object that kubeadm prints. */
interface ImageList {
  readonly kind: 'Images';
  readonly apiVersion: 'output.kubeadm.k8s.io/v1alpha3';
  readonly images: readonly string[];
}

/** @throws ProblemError one of the `OUTPUT_…` codes */
async function printerOf(call: Call): Promise<(lists: readonly [ImageList]) => string> {
  const { output } = call.flags;
  const format = typeof output === 'string' ? output : 'text';
  const { isStructured, preparePrinter } = await import('../../output/structured.ts');
  if (!isStructured(format)) return ([{ images }]) => images.map((image) => `${image}\n`).join('');
  return preparePrinter(format, {
    allowMissingKeys: call.flags['allow-missing-template-keys'] !== false,
    readFile: (path) => readTemplate(call, path),
  });
}

async function readTemplate({ host, absolute }: Call, path: string): Promise<string> {
  const text = await host.files.readText(absolute(path));
  if (text !== undefined) return text;
  throw failure('OUTPUT_TEMPLATE_UNREADABLE', {
    summary: `cannot read the template ${path}`,
    detail: 'The file does not exist.',
    remedy: 'Name a file that exists and can be read.',
    where: { file: path },
  });
}

export function bindImagesPull(command: Command, { program, machine }: Setting): void {
  command.description(
    'Pulls one image after the other, also those that are there already, and stops at the first that cannot be had. Do this before `init` to save its time for later.',
  );
  addFlags(command, pullImagesFlags);
  setExamples(
    command,
    [
      `${program} config images pull --config cluster.yaml`,
      `${program} config images pull --kubernetes-version v1.36.2 --cri-socket unix:///var/run/crio/crio.sock`,
    ].join('\n'),
  );
  command.action(async () => {
    const call = await openCall(command, machine, 'config');
    const { pullImage } = await import('../../operations/pull-images.ts');
    const { images, config } = await clusterImages(call, { detectCriSocket: true });
    const runtime = await machine.openRuntime(config.nodeRegistration.criSocket);
    // Pulls have no limit of time, so a runtime that does not answer has to be found out before them.
    await runtime.version();
    for (const image of images) {
      await pullImage(runtime, image);
      call.io.stdout.write(`[config/images] Pulled ${image}\n`);
    }
  });
}

interface ClusterImages {
  /** In the order in which they are listed and pulled. */
  readonly images: readonly string[];
  readonly config: InitConfig;
}

/**
 * Loads the configuration and tells its warnings.
 * @throws ProblemError with everything that is wrong with the configuration
 */
async function clusterImages(call: Call, options: { readonly detectCriSocket: boolean }): Promise<ClusterImages> {
  const { flags, file } = call;
  const [{ loadInitConfig }, { allImages }] = await Promise.all([import('../../config/load.ts'), import('../../core/images.ts')]);
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
