/** Modules with extra phases that break out of their place, run by the built program. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { createSandbox, type Sandbox } from '../system/sandbox.ts';

const cluster = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.0.2.10}
nodeRegistration: {name: cp1}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
`;

const pause = 'await new Promise((resolve) => setTimeout(resolve, 50));';
const inPhase = [
  ['throws in the background', `async () => { setTimeout(() => { throw new Error('boom'); }, 1); ${pause} }`],
  ['rejects in the background', `async () => { void Promise.reject(new Error('boom')); ${pause} }`],
  ['throws a text in the background', `async () => { queueMicrotask(() => { throw 'boom'; }); ${pause} }`],
  ['never settles', '() => new Promise(() => undefined)'],
  ['ends the process', '() => process.exit(0)'],
  ['ends the process and catches that', `async () => { try { process.exit(0); } catch {} ${pause} }`],
  ['ends the process by an import', '() => exit(0)', "import { exit } from 'node:process';"],
];

describe.each(programs.filter(({ missing }) => missing === undefined))('a module with extra phases on $name', ({ command }) => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = createSandbox(command);
    sandbox.write('/cluster.yaml', cluster);
  });
  afterEach(() => sandbox.remove());

  function run(work: string, head = '', output = 'jsonl') {
    sandbox.write(
      '/hook.mjs',
      `${head}\nexport const extraPhases = [{ before: 'preflight', phase: { name: 'hook', summary: 'Hook', run: ${work} } }];`,
    );
    const file = `${sandbox.root}/hook.mjs`;
    const words = ['init', 'phase', 'hook', '--rootfs', sandbox.root, '--config', '/cluster.yaml', '--extra-phases', file, '-o', output];
    return { file, ...sandbox.run(words) };
  }

  it.each(inPhase)('that %s ends the run as a failure that names the file', (_name, work = '', head = '') => {
    const { file, exitCode, stdout } = run(work, head);
    expect(exitCode).toBe(1);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(events.at(-1)).toMatchObject({
      type: 'run-end',
      status: 'failed',
      problems: [{ code: 'EXTRA_PHASES_UNCONTAINED', where: { file, phase: 'hook' } }],
    });
  });

  it.each([
    ['ends the process', 'process.exit(0);'],
    ['waits for ever', 'await new Promise(() => undefined);'],
    ['throws in the background', `setTimeout(() => { throw new Error('boom'); }, 1); ${pause}`],
  ])('that %s while it is loaded is a failure that names the file', (_name, head) => {
    const { file, exitCode, stderr } = run('() => undefined', head, 'plain');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error: ${file}: `);
  });

  it('that fails when its run has just ended is a failure all the same', () => {
    const { exitCode, stderr } = run('() => { setTimeout(() => { throw new Error("boom"); }, 0); }');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('EXTRA_PHASES_UNCONTAINED');
  });

  it('that prints writes to standard error, harmlessly', () => {
    const print = "for (const say of ['log', 'info', 'debug', 'table']) console[say]('said'); process.stdout.write('\\u001B[31mwritten');";
    const { exitCode, stdout, stderr } = run(`() => { ${print} }`, print);
    expect(exitCode).toBe(0);
    for (const line of stdout.trimEnd().split('\n')) expect(() => JSON.parse(line) as object).not.toThrow();
    expect(stderr.split('\n').filter((line) => line.endsWith('said')).length).toBe(8);
    expect(stderr).toContain(String.raw`\x1b[31mwritten`);
  });
});
