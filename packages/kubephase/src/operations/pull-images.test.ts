import { describe, expect, it, test } from 'vitest';
import { createMemoryRuntime, type MemoryRuntime, type MemoryRuntimeOptions } from '../clients/cri/memory.ts';
import { pullImage, pullImages, type PullOptions, type PullProgress } from './pull-images.ts';

const etcd = 'registry.example/etcd:3.6.8-0';
const proxy = 'registry.example/kube-proxy:v1.36.2';
const pause = 'registry.example/pause:3.10.2';
const images = [etcd, proxy, pause];
const refused = { error: 'manifest unknown' };

interface Outcome {
  readonly runtime: MemoryRuntime;
  /** Code and summary of each problem. */
  readonly problems: readonly (readonly [string, string])[];
  readonly progress: readonly PullProgress[];
  readonly warnings: readonly string[];
}

async function pull(given: MemoryRuntimeOptions, options: Partial<PullOptions> = {}): Promise<Outcome> {
  const runtime = createMemoryRuntime(given);
  const progress: PullProgress[] = [];
  const warnings: string[] = [];
  const problems = await pullImages(runtime, images, {
    policy: 'IfNotPresent',
    serial: true,
    onProgress: (step) => progress.push(step),
    onWarning: (text) => warnings.push(text),
    ...options,
  });
  return { runtime, problems: problems.map(({ code, summary }) => [code, summary] as const), progress, warnings };
}

describe.each([
  ['one after the other', true],
  ['at once', false],
])('images pulled %s', (_, serial) => {
  test.each<[PullOptions['policy'], readonly string[]]>([
    ['Always', images],
    ['IfNotPresent', [proxy, pause]],
    ['Never', []],
  ])('with policy %s and one image present, the rest is pulled', async (policy, expected) => {
    const { runtime, problems } = await pull({ images: [etcd] }, { policy, serial });
    expect(runtime.pulls).toEqual(expected);
    expect(problems).toEqual([]);
  });

  it('are tried five times each, and every one that cannot be had is a problem', async () => {
    const { runtime, problems } = await pull({ pulls: { [etcd]: [refused], [pause]: [refused] } }, { serial });
    expect([...runtime.pulls].sort()).toEqual([...Array<string>(5).fill(etcd), proxy, ...Array<string>(5).fill(pause)]);
    expect(problems).toEqual([
      ['IMAGE_PULL_FAILED', `cannot pull image ${etcd}`],
      ['IMAGE_PULL_FAILED', `cannot pull image ${pause}`],
    ]);
  });

  it('are one problem when the runtime falls silent', async () => {
    const { runtime, problems } = await pull({ pulls: { [etcd]: ['unreachable'], [proxy]: ['unreachable'] } }, { serial });
    expect(problems).toEqual([['CRI_UNREACHABLE', 'the container runtime does not answer at unix:///run/memory.sock']]);
    expect(runtime.pulls).toEqual(serial ? [etcd] : images);
  });

  it('end with the reason of a stopped run', async () => {
    const stop = new AbortController();
    const onProgress = (): void => stop.abort(new Error('stopped by the test'));
    await expect(pull({}, { serial, onProgress, signal: stop.signal })).rejects.toThrow('stopped by the test');
  });
});

it('counts what is done, in the order of the images', async () => {
  const { progress } = await pull({ images: [etcd], pulls: { [proxy]: [refused] } }, { attempts: 1 });
  expect(progress.map(({ image, state, done, total }) => `${state} ${image} ${done}/${total}`)).toEqual([
    `present ${etcd} 1/3`,
    `pulling ${proxy} 1/3`,
    `failed ${proxy} 2/3`,
    `pulling ${pause} 2/3`,
    `pulled ${pause} 3/3`,
  ]);
});

it('tells that a policy leaves the images alone', async () => {
  const { progress } = await pull({}, { policy: 'Never' });
  expect(progress.map(({ state, done }) => [state, done])).toEqual([
    ['left', 1],
    ['left', 2],
    ['left', 3],
  ]);
});

it('needs a runtime that answers, also when nothing is to be pulled', async () => {
  const { problems, progress } = await pull({ unreachable: true }, { policy: 'Never' });
  expect(problems).toEqual([['CRI_UNREACHABLE', 'the container runtime does not answer at unix:///run/memory.sock']]);
  expect(progress).toEqual([]);
});

it('pulls what the runtime cannot look for, and says so', async () => {
  const { runtime, problems, warnings } = await pull({ images, lookError: 'store broken' });
  expect(runtime.pulls).toEqual(images);
  expect(problems).toEqual([]);
  expect(warnings).toEqual(
    images.map((image) => `the container runtime at unix:///run/memory.sock did not look for image ${image}: store broken`),
  );
});

test.each<[string, MemoryRuntimeOptions, readonly string[]]>([
  ['the same image', { sandboxImage: pause }, []],
  ['no image that it tells', {}, []],
  [
    'another image',
    { sandboxImage: 'k8s.gcr.io/pause:3.5' },
    [
      `the container runtime takes k8s.gcr.io/pause:3.5 for the sandbox of Pods, the cluster has ${pause}: set the latter in the configuration of the runtime`,
    ],
  ],
])('a runtime with %s for sandboxes gives the right warnings', async (_, given, expected) => {
  const { warnings, problems } = await pull(given, { sandboxImage: pause });
  expect(warnings).toEqual(expected);
  expect(problems).toEqual([]);
});

describe('pullImage', () => {
  it('stops at the first try that works', async () => {
    const runtime = createMemoryRuntime({ pulls: { [etcd]: [refused, refused, 'pulled'] } });
    await pullImage(runtime, etcd);
    expect(runtime.pulls).toEqual([etcd, etcd, etcd]);
  });

  it('pulls an image that is there', async () => {
    const runtime = createMemoryRuntime({ images: [etcd] });
    await pullImage(runtime, etcd);
    expect(runtime.pulls).toEqual([etcd]);
  });

  it.each<[number, NonNullable<MemoryRuntimeOptions['pulls']>[string], string]>([
    [1, [refused], 'manifest unknown'],
    [2, [{ error: 'connection reset' }, refused], '2 tries failed, the last one with: manifest unknown'],
  ])('after %i tries tells the last cause', async (attempts, ends, detail) => {
    await expect(pullImage(createMemoryRuntime({ pulls: { [etcd]: ends } }), etcd, { attempts })).rejects.toMatchObject({
      problem: { code: 'IMAGE_PULL_FAILED', summary: `cannot pull image ${etcd}`, detail, where: { object: `image ${etcd}` } },
    });
  });

  it('does not try again when the runtime is gone', async () => {
    const runtime = createMemoryRuntime({ pulls: { [etcd]: ['unreachable', 'pulled'] } });
    await expect(pullImage(runtime, etcd)).rejects.toMatchObject({ problem: { code: 'CRI_UNREACHABLE' } });
    expect(runtime.pulls).toEqual([etcd]);
  });
});
