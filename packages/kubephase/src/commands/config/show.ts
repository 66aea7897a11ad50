/** `config show`: prints the configuration that takes effect, and where each value comes from. */
import type { Command } from 'commander';
import { addFlags, setExamples } from 'phaserunner/commander';
import { fieldFlags, showFlags } from '../../flags/config.ts';
import type { JsonObject } from '../../config/types.ts';
import { openCall, type Call } from '../../run/call.ts';
import type { Setting } from '../../run/machine.ts';
import type { SourceOf } from './show/source.ts';

export function bindShow(command: Command, { program, machine }: Setting): void {
  command.description(
    [
      'Prints what `init` would use with the same file and flags, with every default filled in. With --origin each value tells its source:',
      'file:line:column, the flag, "detected" on this machine, "generated" anew in each run, or "default".',
      'Secrets are hidden.',
    ].join('\n'),
  );
  addFlags(command, [...showFlags, ...fieldFlags]);
  setExamples(
    command,
    [
      `${program} config show --config cluster.yaml --origin`,
      `${program} config show --config cluster.yaml -o json --origin | jq '.[] | select(.source != "default")'`,
      `${program} config show --pod-network-cidr 10.244.0.0/16 --kubernetes-version v1.36.2`,
    ].join('\n'),
  );
  command.action(async () => {
    const call = await openCall(command, machine, 'config');
    call.io.stdout.write(await shownText(call));
  });
}

async function shownText(call: Call): Promise<string> {
  const { flags } = call;
  const [{ loadEffective }, { hideSecrets }] = await Promise.all([import('./show/effective.ts'), import('./show/effective.ts')]);
  const { documents, origin } = await loadEffective(call);
  const shown = flags['show-secrets'] === true ? documents : documents.map((document) => hideSecrets(document));
  if (flags['origin'] !== true) return plainText(shown, flags['output'] === 'json');
  const { createSourceOf } = await import('./show/source.ts');
  const sourceOf = createSourceOf({ origin, file: call.file, typed: call.typed });
  return flags['output'] === 'json' ? originList(shown, sourceOf) : originText(shown, sourceOf, call);
}

async function plainText(documents: readonly JsonObject[], asJson: boolean): Promise<string> {
  if (asJson) return (await import('../../output/print.ts')).printDocument(documents, 'json');
  return (await import('../../formats/yaml/print.ts')).printYamlDocuments(documents);
}

async function originList(documents: readonly JsonObject[], sourceOf: SourceOf): Promise<string> {
  const [{ kindOf, valuesOf }, { printDocument }] = await Promise.all([import('./show/values.ts'), import('../../output/print.ts')]);
  const list = documents.flatMap((document) => {
    const kind = kindOf(document);
    return valuesOf(document).map((placed) => ({
      field: [kind, ...placed.path].join('.'),
      value: placed.value,
      source: sourceOf(kind, placed),
    }));
  });
  return printDocument(list, 'json');
}

async function originText(documents: readonly JsonObject[], sourceOf: SourceOf, { io }: Call): Promise<string> {
  const [{ printWithComments }, { kindOf }, { createPaint, wantsColour }] = await Promise.all([
    import('./show/values.ts'),
    import('./show/values.ts'),
    import('phaserunner/render'),
  ]);
  const paint = createPaint(wantsColour(io.stdout, io.environment));
  const texts = documents.map((document) =>
    printWithComments(
      document,
      (placed) => sourceOf(kindOf(document), placed),
      (comment) => paint('dim', comment),
    ),
  );
  return texts.join('---\n');
}
