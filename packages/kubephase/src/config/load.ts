/** Loads the configuration of `init` from a file or from flags: read, default, validate. Import it late. */
import { fieldsOfFlags } from '../flags/fields.ts';
import { initFields } from '../flags/init.ts';
import type { Host } from '../host/port.ts';
import { completeInit, type InitDocuments } from './defaults/init.ts';
import type { ConfigDocument } from './documents.ts';
import { createFindings, createReporter, type Findings, type Reporter } from './findings.ts';
import { applyChoices, choiceFlags, reportFlagConflicts, type ChoiceFields } from './flags-beside-file.ts';
import { createOrigin, createPlaces, type Sources } from './places.ts';
import type { InitRequest, Loaded } from './request.ts';
import { asDocument, checkDocument, isOldDocument, type CheckedDocument } from './schema/check.ts';
import * as v1beta3 from './schema/v1beta3.ts';
import { clusterConfiguration, initConfiguration, type GivenCluster, type GivenInit } from './schema/v1beta4.ts';
import { readFileDocuments, type Wanted } from './select.ts';
import type { InitConfig } from './types.ts';
import { initRules } from './validate/init.ts';
import { runRules } from './validate/rule.ts';

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadInitConfig(host: Host, request: InitRequest): Promise<Loaded<InitConfig>> {
  const findings = createFindings(request);
  const { problems, warnings } = findings;
  const input = await readInitInput(host, request, findings);
  if (input === undefined) return { ok: false, problems, warnings };
  const reporter = createReporter(findings, createPlaces(input.sources));
  const { config, release } = await completeInit(input, request, { host, reporter });
  runRules(initRules, { config, init: input.init, cluster: input.cluster }, reporter);
  if (problems.length > 0) return { ok: false, problems, warnings };
  return { ok: true, config, release, warnings, origin: createOrigin(input.sources) };
}

/** What was given, and where. */
interface InitInput extends InitDocuments {
  readonly sources: Sources;
  /** The wait that a v1beta3 ClusterConfiguration holds; `init` has it already. */
  readonly controlPlaneTimeout?: string;
}

/** Fields that flags beside a file change. */
const choices: ChoiceFields = {
  'skip-phases': 'InitConfiguration.skipPhases',
  'dry-run': 'InitConfiguration.dryRun',
  'ignore-preflight-errors': 'InitConfiguration.nodeRegistration.ignorePreflightErrors',
};

/** Returns undefined when nothing can be made of the input; `findings` says why. */
async function readInitInput(host: Host, request: InitRequest, findings: Findings): Promise<InitInput | undefined> {
  if (request.configPath !== undefined && reportFlagConflicts(initFields, request.flags, findings)) return undefined;
  // An empty path counts as none, as with kubeadm.
  const input =
    request.configPath === undefined || request.configPath === ''
      ? await inputOfFlags(request, findings)
      : await inputOfFile(host, { ...request, file: request.configPath }, findings);
  return input && { ...input, init: applyChoices(input.init, choices, request.flags) };
}

const tokenDescription = (program: string): string => `Made by ${program} init without a configuration file.`;

async function inputOfFlags(request: InitRequest, findings: Findings): Promise<InitInput | undefined> {
  const { documents, flags } = fieldsOfFlags(initFields, request.flags);
  const sources: Sources = { documents: new Map(), flags: withChoices(flags, request) };
  const fields = { init: documents['InitConfiguration'], cluster: documents['ClusterConfiguration'] };
  const input = await typedInput(fields, sources, createReporter(findings, createPlaces(sources)));
  const [token] = input?.init.bootstrapTokens ?? [];
  return input && { ...input, init: { ...input.init, bootstrapTokens: [{ ...token, description: tokenDescription(findings.program) }] } };
}

const wanted: Wanted = { kinds: ['InitConfiguration', 'ClusterConfiguration'], components: true };

async function inputOfFile(
  host: Host,
  request: InitRequest & { readonly file: string },
  findings: Findings,
): Promise<InitInput | undefined> {
  const { file } = request;
  const read = await readFileDocuments(host, { file, wanted }, findings);
  if (read === undefined) return undefined;
  const beside = fieldsOfFlags(initFields, request.flags);
  const sources: Sources = { file, documents: read.documents, flags: withChoices(beside.flags, request) };
  const input = await inputOfDocuments(sources, createReporter(findings, createPlaces(sources)));
  return input === undefined || read.broken ? undefined : withFlagsBeside(input, beside.documents['InitConfiguration']);
}

/** Types the documents of the init family; undefined when nothing can be made of one of them. */
export async function inputOfDocuments(sources: Sources, reporter: Reporter): Promise<InitInput | undefined> {
  const { documents } = sources;
  return typedInput({ init: documents.get('InitConfiguration'), cluster: documents.get('ClusterConfiguration') }, sources, reporter);
}

function withChoices(flags: ReadonlyMap<string, string>, request: InitRequest): Sources['flags'] {
  return new Map([...flags, ...choiceFlags(choices, request.flags)]);
}

interface FamilyDocuments {
  readonly init: ConfigDocument | Fields | undefined;
  readonly cluster: ConfigDocument | Fields | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

async function typedInput(given: FamilyDocuments, sources: Sources, reporter: Reporter): Promise<InitInput | undefined> {
  const init = await typedInit(asDocument(given.init, 'InitConfiguration'), reporter);
  const typed = await typedCluster(asDocument(given.cluster, 'ClusterConfiguration'), reporter);
  if (init === undefined || typed === undefined) return undefined;
  const { cluster, controlPlaneTimeout } = typed;
  return {
    init:
      controlPlaneTimeout === undefined
        ? init
        : { ...init, timeouts: { ...init.timeouts, controlPlaneComponentHealthCheck: controlPlaneTimeout } },
    cluster,
    kubelet: sources.documents.get('KubeletConfiguration'),
    kubeProxy: sources.documents.get('KubeProxyConfiguration'),
    sources,
    ...(controlPlaneTimeout === undefined ? {} : { controlPlaneTimeout }),
  };
}

/** The one field that a flag may set beside a file is the name of the node. */
function withFlagsBeside(input: InitInput, fields: Fields | undefined): InitInput {
  const { name } = (fields?.['nodeRegistration'] ?? {}) as { readonly name?: unknown };
  if (typeof name !== 'string') return input;
  return { ...input, init: { ...input.init, nodeRegistration: { ...input.init.nodeRegistration, name } } };
}

/** Returns undefined when the types are so wrong that nothing can be made of the document. */
async function typedInit(document: CheckedDocument, reporter: Reporter): Promise<GivenInit | undefined> {
  if (!isOldDocument(document)) return checkDocument(initConfiguration, document, reporter);
  const old = await checkDocument(v1beta3.initConfiguration, document, reporter);
  return old && v1beta3.convertInit(old);
}

/** A cluster document, and the wait that v1beta3 keeps in it instead of in the InitConfiguration. */
interface TypedCluster {
  readonly cluster: GivenCluster;
  readonly controlPlaneTimeout: string | undefined;
}

/** Returns undefined when the types are so wrong that nothing can be made of the document. */
async function typedCluster(document: CheckedDocument, reporter: Reporter): Promise<TypedCluster | undefined> {
  if (isOldDocument(document)) {
    const old = await checkDocument(v1beta3.clusterConfiguration, document, reporter);
    return old && { cluster: v1beta3.convertCluster(old), controlPlaneTimeout: v1beta3.timeoutForControlPlane(old) };
  }
  const cluster = await checkDocument(clusterConfiguration, document, reporter);
  return cluster && { cluster, controlPlaneTimeout: undefined };
}
