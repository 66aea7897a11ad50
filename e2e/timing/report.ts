/**
 * Times `init` of kubephase and of the genuine kubeadm on nodes of the same kind, in turns, and prints both side by side.
 *
 *   sh e2e/timing.sh [--rounds N] [--json FILE]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureTemplate } from '../machine/images/template.ts';
import { bootNode, type Machine } from '../machine/boot-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { claimRig, removeRig } from '../machine/rig.ts';
import { kubephaseExecutable } from '../machine/settings.ts';
import { milestonesOf, untilReady } from './milestones.ts';
import { summary, type Timing } from './summary.ts';
import { configurationFile, kubeadm, kubephase, type TimedTool } from './tools.ts';

async function time(machine: Machine, tool: TimedTool, round: number): Promise<Timing> {
  const node = await bootNode(machine, { name: `${tool.name}-${round}` });
  try {
    node.files.write(configurationFile, tool.configuration(node));
    await completeImages(node);
    const stop = new AbortController();
    const ready = untilReady(node.address, stop.signal);
    const running = node.spawn(tool.argv);
    const phases = tool.watch(running);
    const result = await running.result;
    stop.abort();
    succeeded(result);
    const milestones = await milestonesOf(node, await ready);
    return { tool: tool.name, seconds: result.durationMs / 1000, phases: [...phases()], milestones };
  } finally {
    await node.remove();
  }
}

/** There is no image of CoreDNS; any other under its name lets both programs find all images there. */
async function completeImages(node: Node): Promise<void> {
  const { stdout } = await node.run(['kubephase', 'config', 'images', 'list', '--kubernetes-version', node.kubernetesVersion]);
  const images = stdout.split('\n');
  const [pause, coredns] = ['pause', 'coredns'].map((word) => images.find((image) => image.includes(word)));
  if (pause === undefined || coredns === undefined) throw new Error(`unexpected list of images: ${stdout}`);
  succeeded(await node.run(['ctr', '-n', 'k8s.io', 'images', 'tag', pause, coredns]));
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, json: { type: 'string' } } });
const rig = await claimRig();
try {
  const machine: Machine = { rig, template: await ensureTemplate(), kubephase: kubephaseExecutable };
  const timings: Timing[] = [];
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    // Whoever is second finds warm caches: they take turns.
    for (const tool of round % 2 === 0 ? [kubephase, kubeadm] : [kubeadm, kubephase]) {
      const timing = await time(machine, tool, round);
      timings.push(timing);
      process.stdout.write(`round ${round}: ${tool.name} ${timing.seconds.toFixed(2)} s\n`);
    }
  }
  process.stdout.write(`\n${summary(timings)}`);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(timings, undefined, 2)}\n`);
} finally {
  await removeRig(rig);
}
