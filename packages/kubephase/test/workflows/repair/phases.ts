/** The phases that `repair` alone has. Those that it shares with other workflows are below `phases/`. */
import { definePhase } from 'phaserunner';
import type { FlagName } from '../../../src/flags/flags.ts';
import type { MachineContext } from '../../../src/run/context.ts';

/** A phase asks for the parts of the context that it uses, and for no more. */
type BackupContext = Pick<MachineContext, 'host' | 'paths'>;

export const backup = definePhase<BackupContext, FlagName>({
  name: 'backup',
  summary: 'Keep a copy of the static Pod manifests',
  flags: ['config', 'dry-run'],
  run: async ({ host: { files }, paths }, task) => {
    const folder = `${paths.manifests}-before-repair`;
    for (const { name, type } of (await files.list(paths.manifests)) ?? []) {
      const content = type === 'file' ? await files.read(`${paths.manifests}/${name}`) : undefined;
      if (content === undefined) continue;
      await files.write({ path: `${folder}/${name}`, content, mode: 0o600, directoryMode: 0o700 });
      task.message(`${name} is kept in ${folder}`);
    }
  },
});
