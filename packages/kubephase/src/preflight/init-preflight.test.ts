import type { Problem } from 'phaserunner';
import { runPhase } from 'phaserunner/testing';
import { describe, expect, it } from 'vitest';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { initContext, type ContextOptions, type TestContext } from '../../test/fixtures/init-context.ts';
import { readyMachine as ready } from '../../test/fixtures/machine-files.ts';
import type { InitConfig } from '../config/types.ts';
import { preflight } from '../commands/init/phases.ts';
import { initPreflight as work } from './init-preflight.ts';

const ignoring = (...names: readonly string[]): InitConfig =>
  initConfig({ nodeRegistration: { ...initConfig().nodeRegistration, ignorePreflightErrors: names } });

interface Ended {
  readonly context: TestContext;
  readonly lines: readonly string[];
  readonly problems: readonly Problem[];
}

async function run(options: ContextOptions): Promise<Ended> {
  const context = initContext(options);
  const { lines, problems = [] } = await runPhase(preflight, context);
  return { context, lines, problems };
}

const headOf = (text: string): string | undefined => /\[(?:WARNING|ERROR) [^\]]+\]/.exec(text)?.[0];

describe('preflight', () => {
  it('is silent about checks on a machine that is fit, and names and pulls the images', async () => {
    const { context, lines, problems } = await run({ host: ready });
    expect(problems).toEqual([]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^images that this node needs \(pull policy IfNotPresent\): registry\.k8s\.io\/kube-apiserver:v1\.36\.2, /);
    expect(lines[1]).toContain('"kubephase config images pull"');
    expect(context.cri.pulls).toHaveLength(7);
  });

  it('tells an ordinary user one thing only', async () => {
    const { problems, lines } = await run({ host: { uid: 1000, files: { '/var/lib/etcd/member': '' } } });
    expect(problems.map(({ summary }) => headOf(summary))).toEqual(['[ERROR IsPrivilegedUser]']);
    expect(lines).toEqual([]);
  });

  it('warns of root and goes on when that is ignored', async () => {
    const { problems, lines } = await run({ config: ignoring('all'), host: { ...ready, uid: 1000 } });
    expect(problems).toEqual([]);
    expect(lines.filter((line) => line.startsWith('WARNING')).map(headOf)).toEqual(['[WARNING IsPrivilegedUser]']);
  });

  it('reports all errors together, with the names of the configured port and folder, and pulls nothing', async () => {
    const files = { ...ready.files, '/var/lib/etcd/member': '', '/proc/swaps': 'Filename\n/dev/sda2\n' };
    const config = initConfig({ localAPIEndpoint: { advertiseAddress: '192.0.2.10', bindPort: 7443 } });
    const host = { ...ready, files, listeners: { 7443: { pid: 7, program: 'nginx' } } };
    const { context, lines, problems } = await run({ config, host });
    expect(problems.map(({ summary }) => headOf(summary))).toEqual(['[ERROR Port-7443]', '[ERROR DirAvailable--var-lib-etcd]']);
    expect(lines.map(headOf)).toEqual(['[WARNING Swap]']);
    expect(context.cri.pulls).toEqual([]);
  });

  it('without a runtime has one error, which lists the checks that could not be made, and does not offer to go on', async () => {
    const { problems } = await run({ host: ready, runtime: { unreachable: true } });
    expect(problems).toMatchObject([
      {
        summary: expect.stringMatching(/^\[ERROR CRI\]: the container runtime does not answer/),
        detail: expect.stringMatching(/\nNot checked for the same reason: ContainerRuntimeVersion\.$/),
        remedy: expect.not.stringContaining('To go on regardless'),
      },
    ]);
  });

  it('without a kubelet has one error', async () => {
    const { 'kubelet --version': _, ...programs } = ready.programs ?? {};
    const { problems } = await run({ host: { ...ready, programs } });
    expect(problems).toMatchObject([
      {
        summary: '[ERROR KubeletVersion]: cannot execute "kubelet --version": kubelet is not on PATH',
        detail: 'Not checked for the same reason: SystemVerification.',
        remedy: 'Install the kubelet, or add its folder to PATH.',
      },
    ]);
  });

  it('with a kubelet that does not answer offers to go on', async () => {
    const programs = { ...ready.programs, 'kubelet --version': { exitCode: 1, stderr: 'no' } };
    const { problems } = await run({ host: { ...ready, programs } });
    expect(problems).toMatchObject([{ remedy: 'To go on regardless: --ignore-preflight-errors=KubeletVersion.' }]);
  });

  it('follows the check whose subject it is when that is ignored', async () => {
    const { problems, lines } = await run({ config: ignoring('cri', 'imagepull'), host: ready, runtime: { unreachable: true } });
    expect(problems).toEqual([]);
    expect(lines.filter((line) => line.includes('does not answer')).map(headOf)).toEqual(['[WARNING CRI]', '[WARNING ImagePull]']);
  });

  it('fails for images that cannot be had, unless that is ignored', async () => {
    const runtime = { pulls: { 'registry.k8s.io/pause:3.10.2': [{ error: 'manifest unknown' }] } } as const;
    const failed = await run({ host: ready, runtime });
    expect(failed.problems.map(({ summary }) => summary)).toEqual(['[ERROR ImagePull]: cannot pull image registry.k8s.io/pause:3.10.2']);
    const ignored = await run({ config: ignoring('imagepull'), host: ready, runtime });
    expect(ignored.problems).toEqual([]);
    expect(ignored.lines.at(-1)).toBe('WARNING [WARNING ImagePull]: cannot pull image registry.k8s.io/pause:3.10.2');
  });
});

describe('names of checks to ignore that do not exist', () => {
  it('stop the run before anything is looked at', async () => {
    const problems = await work.check?.(initContext({ config: ignoring('swap', 'numcpus') }));
    expect(problems?.map(({ code, remedy }) => [code, remedy])).toEqual([
      ['PREFLIGHT_CHECK_UNKNOWN', 'Did you mean NumCPU? `preflight list` shows all checks.'],
    ]);
  });

  it('only warn under the name kubeadm', async () => {
    const options: ContextOptions = { config: ignoring('numcpus'), program: 'kubeadm', host: ready };
    expect(await work.check?.(initContext(options))).toEqual([]);
    const { lines, problems } = await run(options);
    expect(problems).toEqual([]);
    expect(lines[0]).toBe('WARNING there is no preflight check "numcpus". Did you mean NumCPU? `preflight list` shows all checks.');
  });
});
