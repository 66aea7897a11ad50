/** Loads a kind that is read alone: read, default, validate. */
import { fieldsOfFlags } from '../../flags/fields.ts';
import type { Host } from '../../host/port.ts';
import type { ChoiceFields } from '../choices.ts';
import type { Machine } from '../defaults/tools.ts';
import { createFindings, createReporter, type Findings, type Reporter } from '../findings.ts';
import { createOrigin, createPlaces } from '../places.ts';
import type { KindRequest, LoadedKind } from '../request.ts';
import { runRules } from '../validate/run.ts';
import type { Family, Given } from './family.ts';
import { readKindInput, type FlagInput } from './input.ts';

/** What is known of the flags before they are typed. */
export type FlagReader = (request: KindRequest, findings: Findings) => FlagInput;

/** Reads flags as their table says. */
export function plainFlags(choices: ChoiceFields): FlagReader {
  return ({ flagTable, flags }) => ({ fields: fieldsOfFlags(flagTable, flags), choices });
}

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadKind<G extends Given, C>(
  family: Family<G, C>,
  { host, request, readFlags }: { readonly host: Host; readonly request: KindRequest; readonly readFlags: FlagReader },
): Promise<LoadedKind<C>> {
  const findings = createFindings(request.strict === true);
  const { problems, warnings } = findings;
  const input = await readKindInput(family, { host, request, flags: readFlags(request, findings) }, findings);
  if (input === undefined) return { ok: false, problems, warnings };
  const reporter = createReporter(findings, createPlaces(input.sources));
  const config = await completeKind(family, input.given, { host, reporter, detectCriSocket: request.detectCriSocket, rules: family.rules });
  if (problems.length > 0) return { ok: false, problems, warnings };
  return { ok: true, config, warnings, origin: createOrigin(input.sources) };
}

export interface CompleteOptions<G extends Given, C> {
  readonly host: Machine;
  readonly reporter: Reporter;
  readonly detectCriSocket: boolean;
  readonly rules: Family<G, C>['rules'];
}

/** Fills in defaults and asks the rules. */
export async function completeKind<G extends Given, C>(family: Family<G, C>, given: G, options: CompleteOptions<G, C>): Promise<C> {
  const { host, reporter, detectCriSocket, rules } = options;
  const config = await family.complete(given, detectCriSocket, { host, reporter });
  runRules(rules, { config, given }, reporter);
  return config;
}
