/** Loads the configuration of a command from a file or from flags: read, default, validate. Import it late. */
import type { Host } from '../host/port.ts';
import { completeInit } from './defaults/init.ts';
import { createFindings, createReporter } from './findings.ts';
import { readInitInput } from './input.ts';
import { createOrigin, createPlaces } from './places.ts';
import type { InitRequest, Loaded } from './request.ts';
import type { InitConfig } from './types.ts';
import { initRules } from './validate/init.ts';
import { runRules } from './validate/run.ts';

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadInitConfig(host: Host, request: InitRequest): Promise<Loaded<InitConfig>> {
  const findings = createFindings(request.strict === true);
  const { problems, warnings } = findings;
  const input = await readInitInput(host, request, findings);
  if (input === undefined) return { ok: false, problems, warnings };
  const reporter = createReporter(findings, createPlaces(input.sources));
  const { config, release } = await completeInit(input, request, { host, reporter });
  runRules(initRules, { config, init: input.init, cluster: input.cluster }, reporter);
  if (problems.length > 0) return { ok: false, problems, warnings };
  return { ok: true, config, release, warnings, origin: createOrigin(input.sources) };
}
