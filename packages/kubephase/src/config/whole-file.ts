/** Reads every known document of a file or a text, as checking and converting files needs it. */
import type { Problem } from 'phaserunner';
import type { Host } from '../host/port.ts';
import type { ResolvedRelease } from '../releases/release.ts';
import { checkComponents } from './components.ts';
import { completeInit } from './defaults/init.ts';
import { standInMachine, type Machine } from './defaults/machine.ts';
import { readConfigFile, readDocuments, type ConfigDocument } from './documents.ts';
import { joinFamily, resetFamily, upgradeFamily, type Family, type Given } from './families.ts';
import { completeKind } from './load-family.ts';
import { createFindings, createReporter, type Findings, type Reporter } from './findings.ts';
import { inputOfDocuments } from './load.ts';
import { componentKinds, kubeadmKinds } from './vocabulary.ts';
import { createOrigin, createPlaces, type Sources } from './places.ts';
import type { LoadedKind, LoadOptions } from './request.ts';
import { isOldDocument } from './schema/check.ts';
import { requireKind, selectDocuments, type Wanted } from './select.ts';
import type { InitConfig, JoinConfig, ResetConfig, UpgradeConfig } from './types.ts';
import { initRules } from './validate/init.ts';
import { runRules, type Rule } from './validate/rule.ts';

/** What a file holds, complete and defaulted; absent what it has no document for. */
export interface WholeConfig {
  /** From an InitConfiguration, a ClusterConfiguration, or both. */
  readonly init?: InitConfig;
  /** The release that the version of `init` selects. */
  readonly release?: ResolvedRelease;
  readonly join?: JoinConfig;
  readonly reset?: ResetConfig;
  readonly upgrade?: UpgradeConfig;
}

interface WholeOptions extends Partial<LoadOptions> {
  /** Do not warn about API versions that are deprecated. */
  readonly allowDeprecatedVersions?: boolean;
  /** False: a text without any document is a problem, as for the command that is to read it. Default true. */
  readonly mayBeEmpty?: boolean;
  /** Rules about names that only layers above know, such as those of phases. */
  readonly rules?: readonly Rule<WholeConfig>[];
}

/** A text, or a file of a machine. */
export type TextSource =
  | {
      readonly text: string;
      /** Name of the text in messages. Default `configuration`. */
      readonly name?: string;
      /** The machine for which the configuration is completed. Without one, stand-ins take its place. */
      readonly host?: Host;
    }
  | { readonly path: string; readonly host: Host };

export type WholeRequest = WholeOptions & TextSource;

/**
 * Reads, completes and checks all documents of a file. Without a machine, values that belong to one are stand-ins (the
 * node name `node`, the address `1.2.3.4`), files that the configuration names are taken to exist, and nothing is said
 * about fields that were not given. An empty text is a configuration without any kind, unless `mayBeEmpty` is false.
 * Never throws for bad input: everything the user can mend comes back as problems, all together.
 */
export async function loadConfig(request: WholeRequest): Promise<LoadedKind<WholeConfig>> {
  const findings = createFindings(request);
  const { problems, warnings } = findings;
  const text = await textOfSource(request, findings);
  if (text === undefined) return { ok: false, problems, warnings };
  const documents = readDocuments(text.text, text.file, findings);
  if (documents.length === 0 && request.mayBeEmpty === false) requireKind(text.file, wanted, { all: documents, findings });
  const { config, origin } = await loadDocuments(documents, { ...request, file: text.file }, findings);
  return problems.length > 0 ? { ok: false, problems, warnings } : { ok: true, config, warnings, origin };
}

/** The text and its name in messages; undefined when there is none, and `findings` says why. */
export async function textOfSource(
  source: TextSource,
  findings: Findings,
): Promise<{ readonly text: string; readonly file: string } | undefined> {
  if ('text' in source) return { text: source.text, file: source.name ?? 'configuration' };
  const content = await readConfigFile(source.host, source.path);
  if (!('problem' in content)) return { text: content.text, file: source.path };
  findings.add('error', content.problem);
  return undefined;
}

/** Every kind of the newest version, and the configurations of components. */
const wanted: Wanted = { kinds: kubeadmKinds['v1beta4'] ?? [], components: true };

/** What was made of the documents. With problems in `findings`, kinds are missing. */
export interface LoadedDocuments extends Pick<Extract<LoadedKind<WholeConfig>, { ok: true }>, 'config' | 'origin'> {
  /** By kind. */
  readonly documents: ReadonlyMap<string, ConfigDocument>;
  readonly reporter: Reporter;
}

export type DocumentOptions = WholeOptions & { readonly file: string; readonly host?: Host };

/** `loadConfig` of documents that were read already. */
export async function loadDocuments(
  all: readonly ConfigDocument[],
  options: DocumentOptions,
  findings: Findings,
): Promise<LoadedDocuments> {
  const documents = selectDocuments(all, wanted, options.allowDeprecatedVersions === true ? withoutDeprecation(findings) : findings);
  const sources: Sources = { file: options.file, documents, flags: new Map() };
  const origin = createOrigin(sources);
  const placed = createReporter(findings, createPlaces(sources));
  const reporter: Reporter =
    options.host === undefined
      ? { ...placed, warn: (code, path, words) => (origin(path.join('.')) === undefined ? undefined : placed.warn(code, path, words)) }
      : placed;
  const context: Context = { host: options.host ?? standInMachine, reporter, detectCriSocket: options.detectCriSocket === true };
  const { controlPlaneTimeout, ...init } = await initOf(sources, options, context);
  const config = {
    ...init,
    ...named('join', await kindOf(withWait(joinFamily, controlPlaneTimeout), documents, context)),
    ...named('reset', await kindOf(resetFamily, documents, context)),
    ...named('upgrade', await kindOf(upgradeFamily, documents, context)),
  };
  runRules(options.rules ?? [], config, reporter);
  return { config, origin, documents, reporter };
}

interface Context {
  readonly host: Machine;
  readonly reporter: Reporter;
  readonly detectCriSocket: boolean;
}

interface LoadedInit extends Pick<WholeConfig, 'init' | 'release'> {
  readonly controlPlaneTimeout?: string | undefined;
}

async function initOf(sources: Sources, options: WholeOptions, context: Context): Promise<LoadedInit> {
  const { documents } = sources;
  if (!documents.has('InitConfiguration') && !documents.has('ClusterConfiguration')) {
    const components = componentKinds.map(({ kind }) => documents.get(kind));
    await checkComponents(components, { minor: undefined, reporter: context.reporter });
    return {};
  }
  const input = await inputOfDocuments(sources, context.reporter);
  if (input === undefined) return {};
  const { config, release } = await completeInit(input, { ...options, detectCriSocket: context.detectCriSocket }, context);
  runRules(initRules, { config, init: input.init, cluster: input.cluster }, context.reporter);
  return { init: config, release, controlPlaneTimeout: input.controlPlaneTimeout };
}

/** A v1beta3 document of a node that joins has no wait of its own: that of the cluster's document in the same file holds. */
function withWait(family: typeof joinFamily, wait: string | undefined): typeof joinFamily {
  if (wait === undefined) return family;
  return {
    ...family,
    typed: async (document, reporter) => {
      const given = await family.typed(document, reporter);
      if (given === undefined || !isOldDocument(document)) return given;
      return { ...given, timeouts: { ...given.timeouts, controlPlaneComponentHealthCheck: wait } };
    },
  };
}

async function kindOf<G extends Given, C>(
  family: Family<G, C>,
  documents: ReadonlyMap<string, ConfigDocument>,
  context: Context,
): Promise<C | undefined> {
  const document = documents.get(family.kind);
  const given = document && (await family.typed(document, context.reporter));
  return given && completeKind(family, given, context);
}

function named<K extends string, T>(name: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [P in K]?: T });
}

function withoutDeprecation(findings: Findings): Findings {
  return { ...findings, add: (severity, found) => (isDeprecation(found) ? undefined : findings.add(severity, found)) };
}

function isDeprecation({ code }: Problem): boolean {
  return code === 'CONFIG_API_VERSION_DEPRECATED';
}
