/** `init` that is killed, wherever that happens, goes on when it is run again: without a reset and without further flags. */
import type { RunEvent } from 'phaserunner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import type { Node, RunningProcess } from '../machine/node.ts';
import { configuration } from './configuration.ts';
import { hideImage, type HiddenImage } from './hidden-image.ts';
import { initWords, lastPhases, runInit, startInit, type InitOutcome, type RunningInit } from './init-run.ts';

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
    // After the add-ons only the join command is shown: the run may end before the signal comes.
    const quick = phases.slice(-2).includes(phase);
    expect({ exitCode, problems }).toEqual({ exitCode: quick ? expect.any(Number) : 137, problems: [] });
  });

  it('ends well when nobody kills it', async () => {
    const { exitCode, events, stderr } = await runInit(node, { flags });
    expect(exitCode, stderr).toBe(0);
    expect([...lastPhases(events).keys()]).toEqual(phases);
  });

  controlPlaneCases(() => node);
});

/** Resolves when the program has printed it. @throws Error when it ended before that */
function untilPrinted({ onOutput, result }: RunningProcess, wanted: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    onOutput((part) => {
      text += part;
      if (wanted.test(text)) resolve();
    });
    result.then(({ stdout, stderr }) => reject(new Error(`it ended without ${wanted}:\n${stdout}${stderr}`)), reject);
  });
}

describe('init that is stopped while it waits for the control plane', () => {
  let node: Node;
  let image: HiddenImage;
  let hint: string | undefined;
  beforeAll(async () => {
    node = await createNode({ name: 'stopped' });
    node.files.write('/tmp/init.yaml', configuration(node));
    // Without it the wait is not over before the signal comes.
    image = await hideImage(node, 'kube-scheduler');
  });
  afterAll(() => node?.remove());

  it('may be killed', async () => {
    const { event, kill, outcome } = startInit(node);
    await event((one) => one.type === 'message' && one.text.includes('still waiting for'));
    await kill('SIGKILL');
    expect((await outcome).exitCode).toBe(137);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends after %s with exit code %i and says how to go on', async (signal, code) => {
    const running = node.spawn(initWords(), { timeoutMs: 60_000 });
    await untilPrinted(running, /still waiting for/);
    await running.kill(signal);
    const { exitCode, stderr } = await running.result;
    expect(exitCode).toBe(code);
    expect(stderr).toContain(signal);
    expect(stderr).toMatch(/wait-control-plane\] cancelled after /);
    hint = /to go on: (kubephase init .* --from wait-control-plane)$/m.exec(stderr)?.[1];
    expect(hint).toBeDefined();
  });

  it('goes on with the command that it named', async () => {
    await image.bringBack();
    const { exitCode, stdout, stderr } = await node.run(['sh', '-c', hint ?? 'false']);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain('control plane of your Kubernetes cluster is up');
  });
});
