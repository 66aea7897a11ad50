/** Reads the documents of a file that a command needs, and says what becomes of the others. */
import type { Location, Problem } from 'phaserunner';
import type { Host } from '../host/port.ts';
import { problem } from '../problems/catalogue.ts';
import { readConfigFile, readDocuments, type ConfigDocument } from './documents.ts';
import { checkComponents } from './components.ts';
import { createReporter, type Findings, type Severity } from './findings.ts';
import { createPlaces } from './places.ts';
import {
  allKinds,
  componentKinds,
  deprecatedVersions,
  didYouMean,
  kubeadmGroup,
  kubeadmKinds,
  nearestKind,
  nearestKnown,
  removedVersions,
} from './vocabulary.ts';

interface FileDocuments {
  /** By kind. */
  readonly documents: ReadonlyMap<string, ConfigDocument>;
  /** True when something is wrong: defaults in place of what could not be read would only cause further problems. */
  readonly broken: boolean;
}

/** Returns undefined when there is no text; `findings` says why. */
export async function readFileDocuments(
  host: Pick<Host, 'files'>,
  { file, wanted }: { readonly file: string; readonly wanted: Wanted },
  findings: Findings,
): Promise<FileDocuments | undefined> {
  const content = await readConfigFile(host, file);
  if ('problem' in content) {
    findings.add('error', content.problem);
    return undefined;
  }
  const all = readDocuments(content.text, file, findings);
  const documents = selectDocuments(all, wanted, findings);
  if (!wanted.components) await checkIgnoredComponents(all, findings);
  if (!wanted.kinds.some((kind) => documents.has(kind))) requireKind(file, wanted, { all, findings });
  return { documents, broken: findings.problems.length > 0 };
}

/** Another command will read them: what is wrong with their types is told by the first that sees them. */
async function checkIgnoredComponents(all: readonly ConfigDocument[], findings: Findings): Promise<void> {
  const components = all.filter((document) =>
    componentKinds.some(({ kind, version }) => document.kind === kind && document.version === version),
  );
  const places = createPlaces({ documents: new Map(components.map((document) => [document.kind, document])), flags: new Map() });
  await checkComponents(components, { minor: undefined, reporter: createReporter(findings, places) });
}

/** What a command reads: one of these kinds must be there; component configurations are optional. */
export interface Wanted {
  readonly kinds: readonly string[];
  readonly components: boolean;
}

/** Returns the wanted documents by kind. */
export function selectDocuments(
  documents: readonly ConfigDocument[],
  wanted: Wanted,
  findings: Findings,
): ReadonlyMap<string, ConfigDocument> {
  const selected = new Map<string, ConfigDocument>();
  const seen = new Set<string>();
  for (const document of documents) {
    if (seen.has(document.kind)) findings.add('error', twice(document));
    seen.add(document.kind);
    const verdict = judge(document, wanted, findings.program);
    if (verdict.finding !== undefined) findings.add(...verdict.finding);
    if (verdict.take) selected.set(document.kind, document);
  }
  return selected;
}

/** Reports that none of the wanted kinds is among the documents, unless something else is wrong that explains it. */
export function requireKind(file: string, { kinds }: Wanted, { all, findings }: Searched): void {
  if (findings.problems.length > 0) return;
  const present = all.map(({ kind }) => kind);
  const found = present.length === 0 ? 'it is empty or has only comments' : `it has ${present.join(', ')}`;
  const summary = `no ${kinds.join(' or ')} found in ${file}; ${found}`;
  const misspelt = all.find(({ kind }) => nearestKnown(kind, kinds) !== undefined);
  const { remedy = `Add a document with apiVersion: ${kubeadmGroup}/v1beta4 and kind: ${kinds[0] ?? ''}.` } =
    misspelt === undefined ? {} : didYouMean(misspelt.kind, kinds);
  const where = misspelt === undefined ? { file } : place(misspelt);
  findings.add('error', problem('CONFIG_KIND_ABSENT', { summary, remedy, where }));
}

interface Searched {
  readonly all: readonly ConfigDocument[];
  readonly findings: Findings;
}

interface Verdict {
  readonly take: boolean;
  readonly finding?: readonly [Severity, Problem];
}

function judge(document: ConfigDocument, wanted: Wanted, program: string): Verdict {
  const component = componentKinds.find(({ group }) => group === document.group);
  if (component !== undefined) return judgeComponent(document, component, wanted);
  if (document.group === kubeadmGroup && Object.hasOwn(removedVersions, document.version))
    return { take: false, finding: ['error', removed(document)] };
  const isWanted = wanted.kinds.includes(document.kind);
  if (!isRegistered(document)) {
    const isMistaken = isWanted || (document.group === kubeadmGroup && !allKinds.includes(document.kind));
    return { take: false, finding: isMistaken ? ['error', notRegistered(document)] : ['lenient', unknown(document)] };
  }
  if (!isWanted) return { take: false, finding: ['warning', ignored(document)] };
  return deprecatedVersions.has(document.version) ? { take: true, finding: ['warning', deprecated(document, program)] } : { take: true };
}

function isRegistered({ group, version, kind }: ConfigDocument): boolean {
  return group === kubeadmGroup && Object.hasOwn(kubeadmKinds, version) && kubeadmKinds[version]?.includes(kind) === true;
}

function judgeComponent(document: ConfigDocument, component: (typeof componentKinds)[number], wanted: Wanted): Verdict {
  if (document.version !== component.version) return { take: false, finding: ['error', unsupportedComponent(document, component.version)] };
  if (document.kind !== component.kind) return { take: false, finding: ['error', notRegistered(document)] };
  return wanted.components ? { take: true } : { take: false, finding: ['warning', ignored(document)] };
}

function removed(document: ConfigDocument): Problem {
  const tool = removedVersions[document.version] ?? '';
  return problem('CONFIG_API_VERSION_REMOVED', {
    summary: `"${document.apiVersion}" (kind "${document.kind}") is no longer supported`,
    remedy: `Use kubeadm ${tool} to convert the file: kubeadm config migrate --old-config old.yaml --new-config new.yaml.`,
    where: place(document),
  });
}

function deprecated(document: ConfigDocument, program: string): Problem {
  return problem('CONFIG_API_VERSION_DEPRECATED', {
    summary: `"${document.apiVersion}" (kind "${document.kind}") is deprecated; write v1beta4`,
    remedy: `Convert the file: ${program} config migrate --old-config old.yaml --new-config new.yaml.`,
    where: place(document),
  });
}

/** Somebody meant settings of the cluster: going on without them would set it up otherwise. */
function notRegistered(document: ConfigDocument): Problem {
  const versions = Object.entries(kubeadmKinds).filter(([, kinds]) => kinds.includes(document.kind));
  const supported = versions.map(([version]) => `${kubeadmGroup}/${version}`).join(' or ');
  const meant = nearestKind(document.kind);
  const correction =
    meant === undefined ? `Correct apiVersion and kind; the kinds are ${allKinds.join(', ')}.` : `Did you mean "${meant}"?`;
  return problem('CONFIG_UNKNOWN_KIND', {
    summary: `kind "${document.kind}" does not exist in "${document.apiVersion}"`,
    remedy: supported === '' ? correction : `Use apiVersion: ${supported}.`,
    where: place(document),
  });
}

function unknown(document: ConfigDocument): Problem {
  const meant = nearestKind(document.kind);
  return problem('CONFIG_UNKNOWN_KIND', {
    summary: `unknown kind "${document.kind}" of "${document.apiVersion}": the document is ignored`,
    remedy: meant === undefined ? 'Remove the document.' : `Did you mean "${meant}"? Otherwise remove the document.`,
    where: place(document),
  });
}

function ignored(document: ConfigDocument): Problem {
  return problem('CONFIG_DOCUMENT_IGNORED', {
    summary: `the document ${document.apiVersion}, Kind=${document.kind} is ignored: this command does not use it`,
    remedy: 'Nothing has to be done; remove the document to silence this warning.',
    where: place(document),
  });
}

function unsupportedComponent(document: ConfigDocument, supported: string): Problem {
  return problem('CONFIG_COMPONENT_VERSION', {
    summary: `"${document.apiVersion}" (kind "${document.kind}") is not supported: only ${document.group}/${supported} is`,
    remedy: `Convert the document to ${document.group}/${supported} by hand.`,
    where: place(document),
  });
}

function twice(document: ConfigDocument): Problem {
  return problem('CONFIG_KIND_TWICE', {
    summary: `the kind "${document.kind}" is given twice`,
    remedy: 'Keep one document of each kind.',
    where: place(document),
  });
}

function place(document: ConfigDocument): Location {
  return { file: document.file, ...document.yaml.positionOf([]) };
}
