/** Versions of CoreDNS whose configuration is understood, and which steps between them need a changed Corefile. */
import type { ServerBlock } from './parse-corefile.ts';

/** Patches by minor, in the order of the chain; a gap is a version that was never released as an image. */
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
export function needsMigration(blocks: readonly ServerBlock[], installed: string, target: string): boolean {
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
