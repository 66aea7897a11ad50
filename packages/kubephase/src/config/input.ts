/** Reads what the user gave for `init`: a configuration file, or flags in its place. */
import type { FlagValue } from 'phaserunner';
import { fieldsOfFlags, flagsAgainstConfig } from '../flags/fields.ts';
import { initFlags } from '../flags/init.ts';
import type { Host } from '../host/port.ts';
import { problem } from '../problems/catalogue.ts';
import { readDocuments, type ConfigDocument } from './documents.ts';
import { createReporter, type Findings } from './findings.ts';
import { createPlaces, type Sources } from './places.ts';
import { readConfigFile } from './read-file.ts';
import type { InitRequest } from './request.ts';
import { requireKind, selectDocuments, type Wanted } from './select.ts';
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
}

/** Returns undefined when nothing can be made of the input; `findings` says why. */
export async function readInitInput(host: Host, request: InitRequest, findings: Findings): Promise<InitInput | undefined> {
  const conflicts = request.configPath === undefined ? [] : flagsAgainstConfig(initFlags, request.flags);
  if (conflicts.length > 0) {
    findings.add('error', flagConflict(conflicts));
    return undefined;
  }
  // An empty path counts as none, as with kubeadm.
  if (request.configPath === undefined || request.configPath === '') return inputOfFlags(request, findings);
  return inputOfFile(host, { ...request, file: request.configPath }, findings);
}

function flagConflict(names: readonly string[]) {
  return problem('FLAG_CONFLICT', {
    summary: `can not mix '--config' with arguments [${names.join(' ')}]`,
    remedy: 'Write these values into the configuration file, or leave out --config.',
    where: { object: '--config' },
  });
}

const tokenDescription = 'Made by kubephase init without a configuration file.';

function inputOfFlags(request: InitRequest, findings: Findings): InitInput | undefined {
  const { documents, flags } = fieldsOfFlags(initFlags, request.flags);
  const sources: Sources = { documents: new Map(), flags: withChoices(flags, request) };
  const input = typedInput({ init: documents['InitConfiguration'], cluster: documents['ClusterConfiguration'] }, sources, findings);
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
  const content = await readConfigFile(host, file);
  if ('problem' in content) {
    findings.add('error', content.problem);
    return undefined;
  }
  const documents = selectDocuments(readDocuments(content.text, file, findings), wanted, findings);
  if (!wanted.kinds.some((kind) => documents.has(kind))) requireKind(file, wanted, findings);
  const isBroken = findings.problems.length > 0;
  const beside = fieldsOfFlags(initFlags, request.flags);
  const sources: Sources = { file, documents, flags: withChoices(beside.flags, request) };
  const input = typedInput({ init: documents.get('InitConfiguration'), cluster: documents.get('ClusterConfiguration') }, sources, findings);
  // Defaults in place of documents that could not be read would only cause further problems.
  return input === undefined || isBroken ? undefined : withFlagsBeside(input, beside.documents['InitConfiguration']);
}

/** Flags that replace a field of the file without setting it, by that field. */
const choices = [
  ['skip-phases', 'InitConfiguration.skipPhases'],
  ['dry-run', 'InitConfiguration.dryRun'],
  ['ignore-preflight-errors', 'InitConfiguration.nodeRegistration.ignorePreflightErrors'],
] as const;

function withChoices(flags: ReadonlyMap<string, string>, request: InitRequest): Sources['flags'] {
  const given = choices.filter(([name]) => !isEmpty(request.flags[name]));
  return new Map([...flags, ...given.map(([name, field]): [string, string] => [field, `--${name}`])]);
}

function isEmpty(value: FlagValue | undefined): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

interface FamilyDocuments {
  readonly init: ConfigDocument | Fields | undefined;
  readonly cluster: ConfigDocument | Fields | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function typedInput(given: FamilyDocuments, sources: Sources, findings: Findings): InitInput | undefined {
  const reporter = createReporter(findings, createPlaces(sources));
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
  };
}

/** Fields set by flags are checked as a document of the newest version. */
function asDocument(given: ConfigDocument | Fields | undefined, kind: string) {
  const isDocument = (value: ConfigDocument | Fields | undefined): value is ConfigDocument => value !== undefined && 'yaml' in value;
  return isDocument(given) ? given : { kind, apiVersion: 'kubeadm.k8s.io/v1beta4', data: given ?? {} };
}

/** The one field that a flag may set beside a file is the name of the node. */
function withFlagsBeside(input: InitInput, fields: Fields | undefined): InitInput {
  const { name } = (fields?.['nodeRegistration'] ?? {}) as { readonly name?: unknown };
  if (typeof name !== 'string') return input;
  return { ...input, init: { ...input.init, nodeRegistration: { ...input.init.nodeRegistration, name } } };
}
