/** Converts configuration files to the newest version of the API. */
import type { Problem } from 'phaserunner';
import { printYamlDocuments } from '../../formats/yaml/print.ts';
import { splitYaml, type YamlChunk } from '../../formats/yaml/text.ts';
import type { Host } from '../../host/port.ts';
import type { Tools } from '../defaults/machine.ts';
import { completeCriSocket } from '../defaults/node.ts';
import { defaults } from '../defaults/values.ts';
import { readDocuments, type ConfigDocument } from '../documents.ts';
import { createFindings } from '../findings.ts';
import {
  clusterConfigurationDocument,
  initConfigurationDocument,
  joinConfigurationDocument,
  resetConfigurationDocument,
  upgradeConfigurationDocument,
} from '../print/documents.ts';
import { nodeObject } from '../print/parts.ts';
import type { JoinConfig, JsonObject, ResetConfig } from '../types.ts';
import { kubeadmGroup } from '../vocabulary.ts';
import {
  loadDocuments,
  textOfSource,
  type DocumentOptions,
  type LoadedDocuments,
  type TextSource,
  type WholeConfig,
} from '../whole-file.ts';
import { migrateDocuments, type SourceDocument } from './documents.ts';

interface MigrateOptions {
  /** Take the nearest known release for a Kubernetes version that no release describes. */
  readonly allowUnknownVersion?: boolean;
  /** Look for sockets of container runtimes when values of the machine are written. */
  readonly detectCriSocket?: boolean;
  /** Name under which the program runs, for commands in messages. Default `kubephase`. */
  readonly program?: string;
}

/** A text or a file, and whether only what it holds is written (the default) or every default too, as kubeadm does. */
export type MigrateRequest = MigrateOptions &
  TextSource &
  ({ readonly withDefaults?: false } | { readonly withDefaults: true; readonly host: Host });

export type Migrated =
  | {
      readonly ok: true;
      /** Documents of v1beta4; empty for an empty file. */
      readonly text: string;
      readonly warnings: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly warnings: readonly Problem[] };

/**
 * Returns the file in the newest version. Unknown fields, repeated keys, unknown kinds and values that are not allowed
 * are problems. Without `withDefaults`, documents that are new already and component configurations stay letter for
 * letter, and the others keep their comments; with it, all is written anew from the complete configuration, which holds
 * secrets that were made up. Line ends become `\n`. Never throws for bad input.
 */
export async function migrateConfig(request: MigrateRequest): Promise<Migrated> {
  const findings = createFindings({ ...request, strict: true });
  const { problems, warnings } = findings;
  const source = await textOfSource(request, findings);
  if (source === undefined) return { ok: false, problems, warnings };
  const all = readDocuments(source.text, source.file, findings);
  const loaded = await loadDocuments(all, optionsOf(request, source.file), findings);
  const chunks = splitYaml(source.text);
  if (problems.length > 0 || 'fault' in chunks) return { ok: false, problems, warnings };
  const sources = pairUp(all, chunks);
  if (request.withDefaults !== true) {
    return { ok: true, text: migrateText(source.text, sources), warnings: warnings.filter((found) => concernsText(found)) };
  }
  const text = await textWithDefaults(loaded, sources, request);
  return problems.length > 0 ? { ok: false, problems, warnings } : { ok: true, text, warnings };
}

/** Without defaults no value of a machine is written, so none is asked. */
function optionsOf(request: MigrateRequest, file: string): DocumentOptions {
  const { allowUnknownVersion = false, detectCriSocket = false, withDefaults } = request;
  const options = { file, allowUnknownVersion, detectCriSocket, allowDeprecatedVersions: true };
  return withDefaults === true ? { ...options, host: request.host } : options;
}

interface PlacedDocument extends SourceDocument {
  /** One-based line of the file with which the document starts. */
  readonly firstLine: number;
}

/** When nothing is wrong there is a document for each chunk. */
function pairUp(documents: readonly ConfigDocument[], chunks: readonly YamlChunk[]): readonly PlacedDocument[] {
  return documents.flatMap((document, index) => {
    const chunk = chunks[index];
    return chunk === undefined ? [] : [{ document, ...chunk }];
  });
}

function migrateText(text: string, sources: readonly PlacedDocument[]): string {
  const kinds = new Map(sources.map(({ document, firstLine }) => [firstLine, document.kind]));
  return joinChunks(text, { kinds, texts: migrateDocuments(sources) });
}

/** Other warnings are about values of the machine or of a run, which are not written. */
function concernsText({ code, where }: Problem): boolean {
  if (code === 'CONFIG_VALUE_ADJUSTED') return where?.field?.endsWith('criSocket') === true;
  return ['CONFIG_QUESTIONABLE_VALUE', 'CONFIG_FEATURE_GATE', 'CONFIG_MORE_FINDINGS'].includes(code);
}

/** Component configurations follow as they are: the tool does not own their form. */
async function textWithDefaults(
  { config, documents, reporter }: LoadedDocuments,
  sources: readonly PlacedDocument[],
  { host, detectCriSocket = false }: { readonly host: Host; readonly detectCriSocket?: boolean },
): Promise<string> {
  const written = await defaultedDocuments(config, { documents, detectCriSocket, tools: { host, reporter } });
  const components = sources
    .filter(({ document }) => document.group !== kubeadmGroup)
    .map(({ text }) => (text.endsWith('\n') ? text : `${text}\n`));
  return [...(written.length === 0 ? [] : [printYamlDocuments(written)]), ...components].join('---\n');
}

interface DefaultedOptions {
  readonly documents: ReadonlyMap<string, ConfigDocument>;
  readonly detectCriSocket: boolean;
  readonly tools: Tools;
}

/** In the order Init, Cluster, Join, Reset, Upgrade; the first two always together. They hold secrets. */
async function defaultedDocuments(config: WholeConfig, options: DefaultedOptions): Promise<readonly JsonObject[]> {
  const { init, join, reset, upgrade } = config;
  return [
    ...(init === undefined ? [] : [initConfigurationDocument(init), clusterConfigurationDocument(init.cluster)]),
    ...(join === undefined ? [] : [joinDocument(join, options)]),
    ...(reset === undefined ? [] : [resetConfigurationDocument(await completeFromMachine(reset, options))]),
    ...(upgrade === undefined ? [] : [upgradeConfigurationDocument(upgrade)]),
  ];
}

/** Taints that a worker was not given stay open: null and an empty list differ once the node gets a control plane. */
function joinDocument(join: JoinConfig, { documents }: DefaultedOptions): JsonObject {
  const document = joinConfigurationDocument(join);
  const given = documents.get('JoinConfiguration')?.data['nodeRegistration'] as { readonly taints?: unknown } | null | undefined;
  const isOpen = join.controlPlane === undefined && (given?.taints ?? null) === null;
  return isOpen ? { ...document, nodeRegistration: { ...nodeObject(join.nodeRegistration), taints: null } } : document;
}

async function completeFromMachine(reset: ResetConfig, { detectCriSocket, tools }: DefaultedOptions): Promise<ResetConfig> {
  const field = ['ResetConfiguration', 'criSocket'];
  return {
    ...reset,
    certificatesDir: reset.certificatesDir ?? defaults.certificatesDir,
    criSocket: reset.criSocket ?? (await completeCriSocket({ given: undefined, field, detect: detectCriSocket }, tools)),
  };
}

interface NewTexts {
  /** Kind of the document that starts on a line (one-based). */
  readonly kinds: ReadonlyMap<number, string>;
  /** New texts by kind. A kind that no line starts follows the document of the cluster, from which its settings come. */
  readonly texts: ReadonlyMap<string, string>;
}

/** @param text of the whole file; line ends become `\n`, a byte-order mark is dropped */
function joinChunks(text: string, { kinds, texts }: NewTexts): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const known = new Set(kinds.values());
  const added = [...texts].filter(([kind]) => !known.has(kind)).map(([, newText]) => newText);
  const result: string[] = [];
  let skipping = false;
  for (const [index, line] of lines.entries()) {
    const kind = kinds.get(index + 1);
    const newText = kind === undefined ? undefined : texts.get(kind);
    if (line.startsWith('---')) skipping = false;
    if (newText !== undefined) {
      skipping = true;
      const parts = kind === 'ClusterConfiguration' ? [newText, ...added] : [newText];
      result.push(...parts.join('---\n').replace(/\n$/, '').split('\n'));
    }
    if (!skipping) result.push(line);
  }
  // A document at the end that was written anew took the last line end with it.
  return skipping ? `${result.join('\n')}\n` : result.join('\n');
}
