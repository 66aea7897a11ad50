/** What happens to the Corefile and the Deployment of a cluster that may have them already. */
import { isHistoricDefault } from './historic-defaults.ts';
import { parseCorefile } from './parse-corefile.ts';
import { knownVersions, needsMigration } from './versions.ts';

/** What the cluster has. */
export interface InstalledCoreDns {
  /** Empty when there is none. */
  readonly corefile: string;
  /** Image tag of the Deployment; empty when there is no Deployment. */
  readonly version: string;
}

/**
 * | Corefile             | installed version          | decision       |
 * |----------------------|----------------------------|----------------|
 * | any                  | unknown, or not before ours| unknown-version|
 * | none or old default  | known, ours or none        | replace        |
 * | changed by the user  | fits ours                  | keep-corefile  |
 * | changed by the user  | does not fit ours          | keep-all       |
 *
 * `keep-all` leaves the Deployment alone too: a newer CoreDNS would not start with that Corefile.
 */
export type CoreDnsDecision = 'unknown-version' | 'replace' | 'keep-corefile' | 'keep-all';

/** @param target version to be installed; a leading `v` does not count, neither there nor in `installed` */
export function decideCoreDns(installed: InstalledCoreDns, target: string): CoreDnsDecision {
  const from = installed.version.replace(/^v/, '');
  const to = target.replace(/^v/, '');
  const same = from === '' || from === to;
  if (!same && !isStepUp(from, to)) return 'unknown-version';
  if (installed.corefile === '' || isHistoricDefault(installed.corefile)) return 'replace';
  return !same && needsMigration(parseCorefile(installed.corefile), from, to) ? 'keep-all' : 'keep-corefile';
}

function isStepUp(from: string, to: string): boolean {
  const start = knownVersions.indexOf(from);
  return start >= 0 && knownVersions.indexOf(to) > start;
}
