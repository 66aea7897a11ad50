/** `config migrate`: converts a configuration file to the newest version of the API. */
import type { Command } from 'commander';
import { addFlags, setExamples } from 'phaserunner/commander';
import { migrateFlags } from '../../flags/config.ts';
import { mandatoryFile, openCall, succeeded, type Call } from '../../run/call.ts';
import type { Setting } from '../../run/machine.ts';

export function bindMigrate(command: Command, { program, machine }: Setting): void {
  command.description(
    [
      'Writes kubeadm.k8s.io/v1beta4, from that version or from v1beta3. Comments, order and what is new already stay as they are.',
      'With --with-defaults every field is written, as kubeadm does: then the file holds the name and address of this machine and a new token.',
    ].join('\n'),
  );
  addFlags(command, migrateFlags);
  setExamples(
    command,
    [
      `${program} config migrate --old-config old.yaml --new-config new.yaml`,
      `${program} config migrate --old-config old.yaml | diff -u old.yaml -`,
    ].join('\n'),
  );
  command.action(async () => {
    const call = await openCall(command, machine, 'old-config');
    const path = mandatoryFile(call, 'old-config');
    const text = await migratedText(call, path);
    const target = call.flags['new-config'];
    if (typeof target !== 'string' || target === '' || target === '-') return printMigrated(call, text);
    await call.host.files.write({ path: call.absolute(target), content: text, mode: await modeFor(call, path) });
  });
}

/** A terminal must not act upon what stands in a file, but whoever sends the text on to a file has to know of the difference. */
async function printMigrated({ io }: Call, text: string): Promise<void> {
  const { escapeText } = await import('phaserunner/render');
  if (escapeText(text) !== text) io.stderr.write(`warning: ${escapedText}\n`);
  io.stdout.write(text);
}

const escapedText =
  'the file holds characters that a terminal would act upon; they are printed as their codes. With --new-config FILE they stay as they are.';

async function migratedText({ flags, host, io, program }: Call, path: string): Promise<string> {
  const { migrateConfig } = await import('../../config/migrate/migrate.ts');
  const options = { path, host, program, allowUnknownVersion: flags['allow-unknown-version'] === true, detectCriSocket: true };
  const isComplete = flags['with-defaults'] === true;
  return succeeded(await migrateConfig(isComplete ? { ...options, withDefaults: true } : options), io).text;
}

/** Whom the old file is not shown to the new one is not shown to either: both may hold tokens. */
async function modeFor({ host }: Call, oldPath: string): Promise<number> {
  const old = await host.files.status(oldPath);
  return 0o600 | (0o044 & (old?.mode ?? 0o644));
}
