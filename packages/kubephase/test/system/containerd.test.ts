/** The client of the container runtime and the pulls against a real containerd and a registry on this machine. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runtimeCases, type RuntimeUnderTest } from '../../src/clients/cri/cri.cases.ts';
import type { ContainerRuntime } from '../../src/clients/cri/port.ts';
import { createRealRuntime } from '../../src/clients/cri/real/runtime.ts';
import { pullImages, type PullOptions } from '../../src/operations/pull-images.ts';
import { serveRegistry, type Registry } from './containerd-registry.ts';
import { startPod } from './containerd-containers.ts';
import { containerdMissing, registryName, sandboxImage, startContainerd, tellsSandboxImage, type Containerd } from './containerd.ts';

const title = containerdMissing === undefined ? 'containerd' : `containerd (${containerdMissing})`;

describe.skipIf(containerdMissing !== undefined)(title, () => {
  let registry: Registry;
  let containerd: Containerd;
  let runtime: ContainerRuntime;
  let names = 0;

  /** A name that nobody has used yet. */
  const newImage = (word: string): string => `${registryName}/${word}-${(names += 1)}:v1`;

  beforeAll(async () => {
    registry = await serveRegistry();
    containerd = await startContainerd(registry.url);
    runtime = createRealRuntime(containerd.socket);
  });

  afterAll(async () => {
    await containerd?.remove();
    await registry?.close();
  });

  const make = async (): Promise<RuntimeUnderTest> => {
    const presentImage = newImage('present');
    await runtime.pullImage(presentImage);
    const silentSocket = `${containerd.socket}.gone`;
    return {
      runtime,
      socket: containerd.socket,
      presentImage,
      absentImage: newImage('absent'),
      wrongImage: newImage('missing'),
      sandboxImage,
      containers: [],
      silent: createRealRuntime(silentSocket),
      silentSocket,
    };
  };

  runtimeCases(
    'as a container runtime',
    make,
    tellsSandboxImage ? {} : { 'tells the image for sandboxes': 'containerd 2 does not show it' },
  );

  it.runIf(process.arch === 'x64')('tells of containers that run and that ended', async () => {
    const image = newImage('container');
    await runtime.pullImage(image);
    const pod = await startPod(containerd.socket, 'etcd-cp1');
    try {
      const ended = await pod.start({ name: 'etcd', attempt: 0, image, command: '/missing' });
      const running = await pod.start({ name: 'etcd', attempt: 1, image, command: '/pause' });
      await pod.start({ name: 'other', attempt: 0, image, command: '/pause' });
      const about = { name: 'etcd', pod: { namespace: 'kube-system', name: 'etcd-cp1' } };
      expect(await runtime.containers('etcd')).toEqual([
        { ...about, id: running, state: 'running', attempt: 1, logPath: '/tmp/etcd-1.log' },
        {
          ...about,
          id: ended,
          state: 'exited',
          attempt: 0,
          exitCode: 128,
          reason: 'StartError',
          message: expect.stringContaining('no such file or directory') as string,
          logPath: '/tmp/etcd-0.log',
        },
      ]);
    } finally {
      await pod.remove();
    }
  });

  it('does not tell its cgroup driver before version 2', async () => {
    expect(await runtime.tellsCgroupDriver()).toBe(!tellsSandboxImage);
  });

  it.each([true, false])('pulls what is missing and names what cannot be had (one after the other: %s)', async (serial) => {
    const { presentImage, absentImage, wrongImage } = await make();
    const before = registry.asked.length;
    const steps: string[] = [];
    const options: PullOptions = {
      policy: 'IfNotPresent',
      serial,
      onProgress: ({ image, state }) => void (state !== 'pulling' && steps.push(`${state} ${image}`)),
    };
    const problems = await pullImages(runtime, [presentImage, wrongImage, absentImage], options);
    expect(problems).toMatchObject([
      {
        code: 'IMAGE_PULL_FAILED',
        summary: `cannot pull image ${wrongImage}`,
        detail: expect.stringMatching(/^5 tries failed, the last one with: .*not found/),
      },
    ]);
    expect([...steps].sort()).toEqual([`failed ${wrongImage}`, `present ${presentImage}`, `pulled ${absentImage}`]);
    const asked = registry.asked.slice(before).join(' ');
    expect(asked).not.toContain('present-');
    expect(asked).toContain('absent-');
    expect(await runtime.hasImage(absentImage)).toBe(true);
  });

  it('asks the registry again for an image that is there with policy Always', async () => {
    const { presentImage } = await make();
    const before = registry.asked.length;
    expect(await pullImages(runtime, [presentImage], { policy: 'Always', serial: true })).toEqual([]);
    expect(registry.asked.slice(before).join(' ')).toContain('present-');
  });

  it('is missed by name once it was stopped', async () => {
    const other = await startContainerd(registry.url);
    try {
      await other.stop();
      const problems = await pullImages(createRealRuntime(other.socket), [newImage('absent')], { policy: 'Always', serial: true });
      expect(problems).toMatchObject([
        {
          code: 'CRI_UNREACHABLE',
          summary: `the container runtime does not answer at ${other.socket}`,
          detail: expect.stringMatching(/ENOENT|ECONNREFUSED/),
        },
      ]);
    } finally {
      await other.remove();
    }
  });
});
