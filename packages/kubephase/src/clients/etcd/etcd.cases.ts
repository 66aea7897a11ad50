/** What all etcd clusters have to do. */
import { afterEach, describe, expect, it } from 'vitest';
import type { EtcdCluster, EtcdMember } from './port.ts';

/** A cluster of one member that works, and one that does not answer. */
export interface EtcdUnderTest {
  readonly etcd: EtcdCluster;
  /** Client URL of its member. */
  readonly endpoint: string;
  /** Nobody has it yet. */
  readonly peerUrl: string;
  /** Nobody has it yet either. */
  readonly otherPeerUrl: string;
  readonly silent: EtcdCluster;
  readonly silentEndpoint: string;
  /** Starts the member with the peer URL `peerUrl`; undefined when it starts by itself. */
  readonly start?: () => void | Promise<void>;
  readonly dispose?: () => Promise<void>;
}

const cases = {
  'tells its members': async ({ etcd, endpoint }) => {
    expect(await etcd.members()).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{1,16}$/),
        name: expect.stringMatching(/./),
        started: true,
        peerUrls: [expect.stringMatching(/^https?:/)],
        clientUrls: [endpoint],
        isLearner: false,
      },
    ]);
  },
  'tells the status of a member': async ({ etcd, endpoint }) => {
    const [member] = await etcd.members();
    const status = await etcd.status(endpoint);
    expect(status).toEqual({
      memberId: member?.id,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      dbSizeBytes: expect.any(Number),
      leaderId: member?.id,
      raftTerm: expect.any(BigInt),
      isLearner: false,
      errors: [],
    });
    expect(status.dbSizeBytes).toBeGreaterThan(0);
  },
  'has a learner once it was added': async ({ etcd, peerUrl }) => {
    const before = await etcd.members();
    const { member, members } = await etcd.addLearner([peerUrl]);
    expect(member).toMatchObject({ name: '', peerUrls: [peerUrl], clientUrls: [], isLearner: true });
    expect(idsOf(members)).toEqual(idsOf([...before, member]));
    expect(idsOf(await etcd.members())).toEqual(idsOf(members));
  },
  'takes no member with a peer URL that another one has': async ({ etcd, peerUrl }) => {
    await etcd.addLearner([peerUrl]);
    await expectRefusal(etcd.addLearner([peerUrl]), 'ETCD_MEMBER_EXISTS', `add a member at ${peerUrl}`);
  },
  'takes no second learner': async ({ etcd, peerUrl, otherPeerUrl }) => {
    await etcd.addLearner([peerUrl]);
    await expectRefusal(etcd.addLearner([otherPeerUrl]), 'ETCD_TOO_MANY_LEARNERS', `add a member at ${otherPeerUrl}`);
  },
  'gives no vote to a learner that has not started': async ({ etcd, peerUrl }) => {
    const { member } = await etcd.addLearner([peerUrl]);
    await expectRefusal(etcd.promote(member.id), 'ETCD_LEARNER_NOT_READY', `promote the member ${member.id}`);
  },
  'gives a learner its vote once it has started': async ({ etcd, peerUrl, start }) => {
    const { member } = await etcd.addLearner([peerUrl]);
    await start?.();
    const members = await etcd.promote(member.id);
    expect(members.find(({ id }) => id === member.id)).toMatchObject({ started: true, isLearner: false });
    expect(await etcd.members()).toEqual(members);
  },
  'gives no second vote': async ({ etcd }) => {
    const [voter] = await etcd.members();
    await expectRefusal(etcd.promote(voter?.id ?? ''), 'ETCD_NOT_A_LEARNER', `promote the member ${voter?.id}`);
  },
  'does not have a member any more that was removed': async ({ etcd, peerUrl }) => {
    const before = await etcd.members();
    const { member } = await etcd.addLearner([peerUrl]);
    expect(await etcd.remove(member.id)).toEqual(before);
    expect(await etcd.members()).toEqual(before);
    await expectRefusal(etcd.remove(member.id), 'ETCD_MEMBER_NOT_FOUND', `remove the member ${member.id}`);
    await expectRefusal(etcd.promote(member.id), 'ETCD_MEMBER_NOT_FOUND', `promote the member ${member.id}`);
  },
  'says that nobody answers, and where': async ({ silent, silentEndpoint }) => {
    for (const look of [silent.members(), silent.status(silentEndpoint)]) {
      await expect(look).rejects.toMatchObject({
        problem: {
          code: 'ETCD_UNREACHABLE',
          summary: `etcd does not answer at ${silentEndpoint}`,
          detail: expect.stringMatching(/ECONNREFUSED/),
          remedy: expect.stringContaining('etcd runs'),
          where: { object: `etcd ${silentEndpoint}` },
        },
      });
    }
  },
} satisfies Readonly<Record<string, (under: EtcdUnderTest) => Promise<void>>>;

async function expectRefusal(order: Promise<unknown>, code: string, words: string): Promise<void> {
  await expect(order).rejects.toMatchObject({
    problem: {
      code,
      summary: expect.stringContaining(` did not ${words}`),
      detail: expect.stringMatching(/^etcdserver: /),
      remedy: expect.stringMatching(/./),
    },
  });
}

/** etcd lists its members in an order of its own. */
function idsOf(members: readonly EtcdMember[]): readonly string[] {
  return members.map(({ id }) => id).sort();
}

export type EtcdCase = keyof typeof cases;

/** Runs all cases; what does not apply is listed with its reason. */
export function etcdCases(
  title: string,
  make: () => Promise<EtcdUnderTest> | EtcdUnderTest,
  exceptions: Readonly<Partial<Record<EtcdCase, string>>> = {},
): void {
  describe(title, () => {
    const disposals: NonNullable<EtcdUnderTest['dispose']>[] = [];
    afterEach(async () => {
      for (const dispose of disposals.splice(0)) await dispose();
    });
    for (const [behaviour, check] of Object.entries(cases)) {
      const reason = exceptions[behaviour as EtcdCase];
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
