/** `config images pull`: has the container runtime pull the images that a control plane node needs. */
import type { Command } from 'commander';
import { addFlags, setExamples } from 'phaserunner/commander';
import { pullImagesFlags } from '../../../flags/config.ts';
import { openCall } from '../call.ts';
import type { Setting } from '../machine.ts';

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
    const [{ clusterImages }, { pullImage }] = await Promise.all([
      import('./cluster-images.ts'),
      import('../../../operations/pull-images.ts'),
    ]);
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
