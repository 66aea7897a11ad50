/** `config images list`: prints the images that a control plane node needs. */
import type { Command } from 'commander';
import { addFlags, setExamples } from 'phaserunner/commander';
import { listImagesFlags } from '../../../flags/config.ts';
import { failure } from '../../../problems/catalogue.ts';
import { openCall, type Call } from '../call.ts';
import type { Setting } from '../machine.ts';

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
    const { clusterImages } = await import('./cluster-images.ts');
    const { images } = await clusterImages(call, { detectCriSocket: false });
    call.io.stdout.write(print([{ kind: 'Images', apiVersion: 'output.kubeadm.k8s.io/v1alpha3', images }]));
  });
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
  const { isStructured, preparePrinter } = await import('../../../output/structured.ts');
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
