/** Loads a kind that is read alone from a file, flags, or a file with flags that win over it: read, default, validate. */
import { fieldsOfFlags, type FlagFields } from '../flags/fields.ts';
import { isMapping } from '../formats/data/mapping.ts';
import type { Host } from '../host/port.ts';
import type { Machine } from './defaults/machine.ts';
import type { ConfigDocument } from './documents.ts';
import type { Family, Given } from './families.ts';
import { createFindings, createReporter, type Findings, type Reporter } from './findings.ts';
import { applyChoices, choiceFlags, reportFlagConflicts, type ChoiceFields } from './flags-beside-file.ts';
import { createOrigin, createPlaces, type Sources } from './places.ts';
import type { KindRequest, LoadedKind } from './request.ts';
import { asDocument } from './schema/check.ts';
import { readFileDocuments } from './select.ts';
import { runRules } from './validate/rule.ts';

/** What is known of the flags before they are typed. */
type FlagReader = (request: KindRequest, findings: Findings) => FlagInput;

/** Reads flags as their table says. */
export function plainFlags(choices: ChoiceFields): FlagReader {
  return ({ fieldTable, flags }) => ({ fields: fieldsOfFlags(fieldTable, flags), choices });
}

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadKind<G extends Given, C>(
  family: Family<G, C>,
  { host, request, readFlags }: { readonly host: Host; readonly request: KindRequest; readonly readFlags: FlagReader },
): Promise<LoadedKind<C>> {
  const findings = createFindings(request);
  const { problems, warnings } = findings;
  const input = await readKindInput(family, { host, request, flags: readFlags(request, findings) }, findings);
  if (input === undefined) return { ok: false, problems, warnings };
  const reporter = createReporter(findings, createPlaces(input.sources));
  const config = await completeKind(family, input.given, { host, reporter, detectCriSocket: request.detectCriSocket });
  if (problems.length > 0) return { ok: false, problems, warnings };
  return { ok: true, config, warnings, origin: createOrigin(input.sources) };
}

interface CompleteOptions {
  readonly host: Machine;
  readonly reporter: Reporter;
  readonly detectCriSocket: boolean;
}

/** Fills in defaults and asks the rules. */
export async function completeKind<G extends Given, C>(family: Family<G, C>, given: G, options: CompleteOptions): Promise<C> {
  const { host, reporter, detectCriSocket } = options;
  const config = await family.complete(given, detectCriSocket, { host, reporter });
  runRules(family.rules, { config, given }, reporter);
  return config;
}

interface KindInput<G> {
  /** In the form of v1beta4 and without defaults. */
  readonly given: G;
  readonly sources: Sources;
}

/** What the flags of a command say. */
interface FlagInput {
  readonly fields: FlagFields;
  readonly choices: ChoiceFields;
}

/** Returns undefined when nothing can be made of the input; `findings` says why. */
async function readKindInput<G extends Given, C>(
  family: Family<G, C>,
  { host, request, flags }: { readonly host: Host; readonly request: KindRequest; readonly flags: FlagInput },
  findings: Findings,
): Promise<KindInput<G> | undefined> {
  const refused = request.besideFile !== 'win' && request.configPath !== undefined;
  if (refused && reportFlagConflicts(request.fieldTable, request.flags, findings)) return undefined;
  const read = await documentsOf(host, { file: request.configPath, kind: family.kind }, findings);
  if (read === undefined) return undefined;
  const { document, ...fromFile } = read;
  const set = new Map([...flags.fields.flags, ...choiceFlags(flags.choices, request.flags)]);
  const sources: Sources = { ...fromFile, flags: set };
  // A field of the file is wrong where it stands, also when a flag replaces it.
  const ofFile = await family.typed(
    asDocument(document, family.kind),
    createReporter(findings, createPlaces({ ...sources, flags: new Map() })),
  );
  const fields = asDocument(flags.fields.documents[family.kind], family.kind);
  const ofFlags = await family.typed(fields, createReporter(findings, createPlaces(sources)));
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
