/** What all health probes have to do. */
import { afterEach, describe, expect, it } from 'vitest';
import type { HealthProbes } from './port.ts';

/** Probes, and the addresses at which they find what a case needs. */
export interface HealthUnderTest {
  readonly probes: HealthProbes;
  /** Answers 200. */
  readonly healthyUrl: string;
  /** Answers 503. */
  readonly unwellUrl: string;
  /** Nobody answers. */
  readonly silentUrl: string;
  readonly dispose?: () => Promise<void>;
}

const cases = {
  'tells the status of a healthy component': async ({ probes, healthyUrl }) => {
    expect(await probes.status({ component: 'kubelet', url: healthyUrl, timeoutMs: 5000 })).toBe(200);
  },
  'tells the status of a component that is not well': async ({ probes, unwellUrl }) => {
    expect(await probes.status({ component: 'kubelet', url: unwellUrl, timeoutMs: 5000 })).toBe(503);
  },
  'fails with component, address and cause when nobody answers': async ({ probes, silentUrl }) => {
    await expect(probes.status({ component: 'kubelet', url: silentUrl, timeoutMs: 5000 })).rejects.toMatchObject({
      problem: {
        code: 'HEALTH_UNREACHABLE',
        summary: `kubelet does not answer at ${silentUrl}`,
        detail: expect.stringMatching(/refused/i),
        where: { object: 'kubelet' },
      },
    });
  },
} satisfies Readonly<Record<string, (health: HealthUnderTest) => Promise<void>>>;

export type HealthCase = keyof typeof cases;

/** Runs all cases; what does not apply is listed with its reason. */
export function healthCases(
  title: string,
  make: () => Promise<HealthUnderTest> | HealthUnderTest,
  exceptions: Readonly<Partial<Record<HealthCase, string>>> = {},
): void {
  describe(title, () => {
    const disposals: NonNullable<HealthUnderTest['dispose']>[] = [];
    afterEach(async () => {
      for (const dispose of disposals.splice(0)) await dispose();
    });
    for (const [behaviour, check] of Object.entries(cases)) {
      const reason = exceptions[behaviour as HealthCase];
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
