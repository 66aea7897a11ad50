/** Reads what the user gave for `init`: a configuration file, or flags in its place. */
import { fieldsOfFlags } from '../flags/fields.ts';
import { initFlags } from '../flags/init.ts';
import type { Host } from '../host/port.ts';
import { applyChoices, choiceFlags, type ChoiceFields } from './choices.ts';
import type { ConfigDocument } from './documents.ts';
import { readFileDocuments, reportFlagConflicts } from './file-documents.ts';
import { createReporter, type Findings, type Reporter } from './findings.ts';
import { createPlaces, type Sources } from './places.ts';
import type { InitRequest } from './request.ts';
import type { CheckedDocument } from './schema/check.ts';
import type { Wanted } from './select.ts';
import { typedCluster, typedInit } from './typed.ts';
import type { GivenCluster } from './v1beta4/cluster-configuration.ts';
import type { GivenInit } from './v1beta4/init-configuration.ts';

/** What was given, in the form of v1beta4 and without defaults. */
export interface InitInput {
  readonly init: GivenInit;
  readonly cluster: GivenCluster;
  readonly kubelet: ConfigDocument | undefined;
  readonly kubeProxy: ConfigDocument | undefined;
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
export async function readInitInput(host: Host, request: InitRequest, findings: Findings): Promise<InitInput | undefined> {
  if (request.configPath !== undefined && reportFlagConflicts(initFlags, request.flags, findings)) return undefined;
  // An empty path counts as none, as with kubeadm.
  const input =
    request.configPath === undefined || request.configPath === ''
      ? inputOfFlags(request, findings)
      : await inputOfFile(host, { ...request, file: request.configPath }, findings);
  return input && { ...input, init: applyChoices(input.init, choices, request.flags) };
}

const tokenDescription = 'Made by kubephase init without a configuration file.';

function inputOfFlags(request: InitRequest, findings: Findings): InitInput | undefined {
  const { documents, flags } = fieldsOfFlags(initFlags, request.flags);
  const sources: Sources = { documents: new Map(), flags: withChoices(flags, request) };
  const fields = { init: documents['InitConfiguration'], cluster: documents['ClusterConfiguration'] };
  const input = typedInput(fields, sources, createReporter(findings, createPlaces(sources)));
  const [token] = input?.init.bootstrapTokens ?? [];
  return input && { ...input, init: { ...input.init, bootstrapTokens: [{ ...token, description: tokenDescription }] } };
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
  const beside = fieldsOfFlags(initFlags, request.flags);
  const sources: Sources = { file, documents: read.documents, flags: withChoices(beside.flags, request) };
  const input = inputOfDocuments(sources, createReporter(findings, createPlaces(sources)));
  return input === undefined || read.broken ? undefined : withFlagsBeside(input, beside.documents['InitConfiguration']);
}

/** Types the documents of the init family; undefined when nothing can be made of one of them. */
export function inputOfDocuments(sources: Sources, reporter: Reporter): InitInput | undefined {
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

function typedInput(given: FamilyDocuments, sources: Sources, reporter: Reporter): InitInput | undefined {
  const init = typedInit(asDocument(given.init, 'InitConfiguration'), reporter);
  const typed = typedCluster(asDocument(given.cluster, 'ClusterConfiguration'), reporter);
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

/** Fields set by flags are checked as a document of the newest version. */
export function asDocument(given: ConfigDocument | Fields | undefined, kind: string): CheckedDocument {
  const isDocument = (value: ConfigDocument | Fields | undefined): value is ConfigDocument => value !== undefined && 'yaml' in value;
  return isDocument(given) ? given : { kind, apiVersion: 'kubeadm.k8s.io/v1beta4', data: given ?? {} };
}

/** The one field that a flag may set beside a file is the name of the node. */
function withFlagsBeside(input: InitInput, fields: Fields | undefined): InitInput {
  const { name } = (fields?.['nodeRegistration'] ?? {}) as { readonly name?: unknown };
  if (typeof name !== 'string') return input;
  return { ...input, init: { ...input.init, nodeRegistration: { ...input.init.nodeRegistration, name } } };
}
