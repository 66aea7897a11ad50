/** What happens to the Corefile and the Deployment of a cluster that may have them already. */
import { parseCorefile, type ServerBlock } from './corefile.ts';
import { isHistoricDefault } from './historic-defaults.ts';

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

/** Versions whose configuration is understood: patches by minor, in the order of the chain; a gap is a version that was never released as an image. */
const patches: Readonly<Record<string, readonly number[]>> = {
  '1.1': [3, 4],
  '1.2': [0, 1, 2, 3, 4, 5, 6],
  '1.3': [0, 1],
  '1.4': [0],
  '1.5': [0, 1, 2],
  '1.6': [0, 1, 2, 3, 4, 5, 6, 7, 9],
  '1.7': [0, 1],
  '1.8': [0, 3, 4, 5, 6, 7],
  '1.9': [0, 1, 2, 3, 4],
  '1.10': [0, 1],
  '1.11': [0, 1, 3, 4],
  '1.12': [0, 1, 2, 3, 4],
  '1.13': [0, 1, 2],
  '1.14': [0, 1, 2],
};

/** Every known version without `v`, oldest first. */
export const knownVersions: readonly string[] = Object.entries(patches).flatMap(([minor, list]) =>
  list.map((patch) => `${minor}.${patch}`),
);

/** A step that removes something or adds a default, with the Corefiles that it concerns. */
interface Step {
  readonly to: string;
  readonly concerns: (block: ServerBlock) => boolean;
}

const steps: readonly Step[] = [
  { to: '1.2.1', concerns: (block) => lacks(block, 'loop') },
  { to: '1.5.0', concerns: (block) => lacks(block, 'ready') || !lacks(block, 'proxy') },
  { to: '1.6.5', concerns: (block) => lacksOption(block, 'health', 'lameduck') },
  { to: '1.7.0', concerns: (block) => lacksOption(block, 'forward', 'max_concurrent') },
  { to: '1.7.0', concerns: (block) => hasOption(block, 'kubernetes', ['upstream', 'resyncperiod']) },
  { to: '1.7.1', concerns: (block) => hasOption(block, 'kubernetes', ['upstream', 'resyncperiod']) },
  { to: '1.8.0', concerns: (block) => hasOption(block, 'kubernetes', ['transfer']) },
];

/** Whether a Corefile written for `installed` has to be changed for `target`. Both are known, `target` the newer one. */
function needsMigration(blocks: readonly ServerBlock[], installed: string, target: string): boolean {
  const from = knownVersions.indexOf(installed);
  const to = knownVersions.indexOf(target);
  const between = steps.filter((step) => isBetween(knownVersions.indexOf(step.to), from, to));
  return between.some((step) => blocks.some((block) => step.concerns(block)));
}

function isBetween(index: number, from: number, to: number): boolean {
  return index > from && index <= to;
}

function lacks(block: ServerBlock, plugin: string): boolean {
  return !block.plugins.some(({ name }) => name === plugin);
}

function lacksOption(block: ServerBlock, plugin: string, option: string): boolean {
  return block.plugins.some(({ name, options }) => name === plugin && !options.some((one) => one.name === option));
}

function hasOption(block: ServerBlock, plugin: string, names: readonly string[]): boolean {
  return block.plugins.some(({ name, options }) => name === plugin && options.some((option) => names.includes(option.name)));
}
