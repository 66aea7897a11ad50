/**
 * Measures what the engine itself costs for each phase: runs of 100, 1,000 and 10,000 phases that do nothing.
 * Needs the built package: `npm run build`, then `node bench/engine.mjs`.
 */
import { performance } from 'node:perf_hooks';
import { defineWorkflow, runWorkflow } from '../packages/phaserunner/dist/index.js';

const sizes = [100, 1_000, 10_000];
const runsOfEachSize = 15;
const childrenOfEachParent = 9;

const variants = [
  { name: 'as a library', options: () => ({}) },
  { name: 'cancellable', options: () => ({ signal: new AbortController().signal }) },
  { name: 'with a listener', options: () => ({ listeners: [() => {}] }) },
];

/** A workflow of `count` phases, in groups of a parent and nine children. */
function workflowOf(count) {
  const parents = Array.from({ length: count / (childrenOfEachParent + 1) }, (_, parent) => ({
    ...phase(`parent-${parent}`),
    phases: Array.from({ length: childrenOfEachParent }, (_child, child) => phase(`child-${child}`)),
  }));
  return defineWorkflow({ name: 'bench', summary: 'Phases that do nothing', phases: parents });
}

function phase(name) {
  return { name, summary: name, run: async () => {} };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

async function measure(workflow, options) {
  const startMs = performance.now();
  const { status } = await runWorkflow(workflow, { context: {}, ...options });
  if (status !== 'succeeded') throw new Error(`the run ${status}`);
  return performance.now() - startMs;
}

async function microsecondsPerPhase(count, options) {
  const durations = [];
  // A fresh workflow each time, because the engine remembers the tree of one it has seen.
  for (let run = 0; run < runsOfEachSize; run += 1) durations.push(await measure(workflowOf(count), options()));
  return (median(durations) * 1_000) / count;
}

await microsecondsPerPhase(1_000, () => ({}));
const table = {};
for (const { name, options } of variants) {
  const costs = [];
  for (const count of sizes) costs.push(await microsecondsPerPhase(count, options));
  const row = Object.fromEntries(sizes.map((count, index) => [`µs per phase at ${count}`, Number(costs[index].toFixed(2))]));
  table[name] = { ...row, 'ratio 10000 : 100': Number((costs.at(-1) / costs[0]).toFixed(2)) };
}
console.table(table);
