/** What all container runtimes have to do. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ContainerRuntime, ContainerStatus } from './port.ts';

/** A runtime that works, and one that does not answer. */
export interface RuntimeUnderTest {
  readonly runtime: ContainerRuntime;
  /** URL of its socket. */
  readonly socket: string;
  readonly presentImage: string;
  /** Can be pulled. */
  readonly absentImage: string;
  /** Cannot be pulled. */
  readonly wrongImage: string;
  readonly sandboxImage: string;
  /** All containers, of any name, the newest first. */
  readonly containers: readonly ContainerStatus[];
  readonly silent: ContainerRuntime;
  readonly silentSocket: string;
  readonly dispose?: () => Promise<void>;
}

const cases = {
  'tells its name, its version and the version of the interface': async ({ runtime }) => {
    expect(await runtime.version()).toEqual({
      runtimeName: expect.stringMatching(/./),
      runtimeVersion: expect.stringMatching(/^\d+\.\d+/),
      apiVersion: 'v1',
    });
  },
  'is ready': async ({ runtime }) => {
    expect(await runtime.unreadiness()).toBeUndefined();
  },
  'tells the image for sandboxes': async ({ runtime, sandboxImage }) => {
    expect(await runtime.sandboxImage()).toBe(sandboxImage);
  },
  'has an image that is there': async ({ runtime, presentImage }) => {
    expect(await runtime.hasImage(presentImage)).toBe(true);
  },
  'has an image once it was pulled': async ({ runtime, absentImage }) => {
    expect(await runtime.hasImage(absentImage)).toBe(false);
    await runtime.pullImage(absentImage);
    expect(await runtime.hasImage(absentImage)).toBe(true);
  },
  'pulls an image that is there': async ({ runtime, presentImage }) => {
    await expect(runtime.pullImage(presentImage)).resolves.toBeUndefined();
  },
  'fails with the image and the cause when an image cannot be pulled': async ({ runtime, socket, wrongImage }) => {
    await expect(runtime.pullImage(wrongImage)).rejects.toMatchObject({
      problem: {
        code: 'IMAGE_PULL_FAILED',
        summary: `cannot pull image ${wrongImage}`,
        detail: expect.stringMatching(/not found/),
        remedy: expect.stringContaining(socket),
        where: { object: `image ${wrongImage}` },
      },
    });
    expect(await runtime.hasImage(wrongImage)).toBe(false);
  },
  'tells of containers by name, the newest first': async ({ runtime, containers }) => {
    const names = new Set(containers.map(({ name }) => name));
    for (const name of names) expect(await runtime.containers(name)).toEqual(containers.filter((one) => one.name === name));
  },
  'has no container of a name that nobody used': async ({ runtime }) => {
    expect(await runtime.containers('nobody')).toEqual([]);
  },
  'pulls nothing for a run that was stopped': async ({ runtime, absentImage }) => {
    const signal = AbortSignal.abort(new Error('stopped by the test'));
    await expect(runtime.pullImage(absentImage, { signal })).rejects.toThrow('stopped by the test');
    expect(await runtime.hasImage(absentImage)).toBe(false);
  },
  'says about its state that nobody answers, and where': async ({ silent, silentSocket }) => {
    for (const look of [silent.version(), silent.unreadiness(), silent.tellsCgroupDriver()]) await expectSilence(look, silentSocket);
  },
  'says about containers that nobody answers, and where': async ({ silent, silentSocket }) => {
    await expectSilence(silent.containers('etcd'), silentSocket);
  },
  'says about images that nobody answers, and where': async ({ silent, silentSocket, absentImage }) => {
    for (const look of [silent.sandboxImage(), silent.hasImage(absentImage), silent.pullImage(absentImage)]) {
      await expectSilence(look, silentSocket);
    }
  },
} satisfies Readonly<Record<string, (under: RuntimeUnderTest) => Promise<void>>>;

async function expectSilence(look: Promise<unknown>, socket: string): Promise<void> {
  await expect(look).rejects.toMatchObject({
    problem: {
      code: 'CRI_UNREACHABLE',
      summary: `the container runtime does not answer at ${socket}`,
      detail: expect.stringMatching(/ENOENT|ECONNREFUSED/),
      remedy: expect.stringContaining('nodeRegistration.criSocket'),
      where: { object: `container runtime ${socket}` },
    },
  });
}

export type RuntimeCase = keyof typeof cases;

/** Runs all cases; what does not apply is listed with its reason. */
export function runtimeCases(
  title: string,
  make: () => Promise<RuntimeUnderTest> | RuntimeUnderTest,
  exceptions: Readonly<Partial<Record<RuntimeCase, string>>> = {},
): void {
  describe(title, () => {
    const disposals: NonNullable<RuntimeUnderTest['dispose']>[] = [];
    afterEach(async () => {
      for (const dispose of disposals.splice(0)) await dispose();
    });
    for (const [behaviour, check] of Object.entries(cases)) {
      const reason = exceptions[behaviour as RuntimeCase];
      if (reason !== undefined) it.skip(`${behaviour} (${reason})`, () => undefined);
      else {
        it(behaviour, async () => {
          const made = await make();
          if (made.dispose !== undefined) disposals.push(made.dispose);
          await check(made);
        });
      }
    }
  });
}
