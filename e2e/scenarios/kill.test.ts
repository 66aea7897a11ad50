/** `init` that is killed, wherever that happens, goes on when it is run again: without a reset and without further flags. */
import type { RunEvent } from 'phaserunner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import type { Node } from '../machine/node.ts';
import { configuration } from './configuration.ts';
import { lastPhases, runInit, startInit, type InitOutcome, type RunningInit } from './init-run.ts';

const phases = [
  'preflight',
  'certs',
  'kubeconfig',
  'etcd',
  'control-plane',
  'kubelet-start',
  'wait-control-plane',
  'upload-config',
  'upload-certs',
  'mark-control-plane',
  'bootstrap-token',
  'kubelet-finalize',
  'addon',
  'show-join-command',
];

/** So that each of the fourteen phases has work. */
const flags = ['--upload-certs'];

function isEndOf(path: string | undefined): (event: RunEvent) => boolean {
  return (event) => event.type === 'phase-end' && event.path === path && event.status === 'succeeded';
}

/** Kills a run of `init` once a phase, with all below it, has ended. */
async function killAfter(phase: string, node: Node): Promise<InitOutcome> {
  const init = startInit(node, { flags });
  const plan = await init.event(({ type }) => type === 'run-start');
  await init.event(isEndOf(lastPhases([plan]).get(phase)));
  await killIfAlive(init);
  return init.outcome;
}

/** After the last phase, the run may have ended by itself. */
async function killIfAlive({ kill, outcome }: RunningInit): Promise<void> {
  await kill('SIGKILL').catch(async (error: unknown) => {
    if ((await outcome).exitCode !== 0) throw error;
  });
}

describe('init that is killed after each phase in turn', () => {
  let node: Node;
  beforeAll(async () => {
    node = await createNode({ name: 'killed' });
    node.files.write('/tmp/init.yaml', configuration(node));
  });
  afterAll(() => node?.remove());

  it.each(phases)('goes as far as the end of %s', async (phase) => {
    const { exitCode, problems } = await killAfter(phase, node);
    expect({ exitCode, problems }).toEqual({ exitCode: phase === phases.at(-1) ? expect.any(Number) : 137, problems: [] });
  });

  it('ends well when nobody kills it', async () => {
    const { exitCode, events, stderr } = await runInit(node, { flags });
    expect(exitCode, stderr).toBe(0);
    expect([...lastPhases(events).keys()]).toEqual(phases);
  });

  controlPlaneCases(() => node);
});
