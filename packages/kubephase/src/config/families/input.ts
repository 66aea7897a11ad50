/** Reads what the user gave for a kind that is read alone: a file, flags, or a file with flags that win over it. */
import type { FlagFields } from '../../flags/fields.ts';
import type { Host } from '../../host/port.ts';
import { applyChoices, choiceFlags, type ChoiceFields } from '../choices.ts';
import type { ConfigDocument } from '../documents.ts';
import { readFileDocuments, reportFlagConflicts } from '../file-documents.ts';
import { createReporter, type Findings } from '../findings.ts';
import { asDocument } from '../input.ts';
import { createPlaces, type Sources } from '../places.ts';
import type { KindRequest } from '../request.ts';
import type { Family, Given } from './family.ts';

export interface KindInput<G> {
  /** In the form of v1beta4 and without defaults. */
  readonly given: G;
  readonly sources: Sources;
}

/** What the flags of a command say. */
export interface FlagInput {
  readonly fields: FlagFields;
  readonly choices: ChoiceFields;
}

/** Returns undefined when nothing can be made of the input; `findings` says why. */
export async function readKindInput<G extends Given, C>(
  family: Family<G, C>,
  { host, request, flags }: { readonly host: Host; readonly request: KindRequest; readonly flags: FlagInput },
  findings: Findings,
): Promise<KindInput<G> | undefined> {
  const refused = request.besideFile !== 'win' && request.configPath !== undefined;
  if (refused && reportFlagConflicts(request.flagTable, request.flags, findings)) return undefined;
  const read = await documentsOf(host, { file: request.configPath, kind: family.kind }, findings);
  if (read === undefined) return undefined;
  const { document, ...fromFile } = read;
  const set = new Map([...flags.fields.flags, ...choiceFlags(flags.choices, request.flags)]);
  const sources: Sources = { ...fromFile, flags: set };
  // A field of the file is wrong where it stands, also when a flag replaces it.
  const ofFile = family.typed(asDocument(document, family.kind), createReporter(findings, createPlaces({ ...sources, flags: new Map() })));
  const fields = asDocument(flags.fields.documents[family.kind], family.kind);
  const ofFlags = family.typed(fields, createReporter(findings, createPlaces(sources)));
  if (ofFile === undefined || ofFlags === undefined || read.broken) return undefined;
  return { given: applyChoices(merge(ofFile, ofFlags) as G, flags.choices, request.flags), sources };
}

interface Read extends Pick<Sources, 'file' | 'documents'> {
  readonly document: ConfigDocument | undefined;
  readonly broken: boolean;
}

async function documentsOf(
  host: Host,
  { file, kind }: { readonly file: string | undefined; readonly kind: string },
  findings: Findings,
): Promise<Read | undefined> {
  // An empty path counts as none, as with kubeadm.
  if (file === undefined || file === '') return { document: undefined, documents: new Map(), broken: false };
  const read = await readFileDocuments(host, { file, wanted: { kinds: [kind], components: false } }, findings);
  return read && { ...read, file, document: read.documents.get(kind) };
}

/** `over` wins; mappings are merged key by key, everything else is replaced. */
function merge(under: unknown, over: unknown): unknown {
  if (!isMapping(under) || !isMapping(over)) return over === undefined ? under : over;
  const keys = new Set([...Object.keys(under), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merge(under[key], over[key])]));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
