import { describe, expect, it } from 'vitest';
import { definePhase, skip, type Phase } from '../phase.ts';
import { fakeClock } from './fake-clock.ts';
import { runPhase } from './run-phase.ts';

interface Pot {
  readonly log: string[];
  readonly litres: number;
}

const water = { name: 'water', found: 'water in the pot', there: ({ litres }: Pot) => litres > 0 };

/** Writes down every hook. */
const boil = definePhase<Pot>({
  name: 'boil',
  summary: 'Boil the water',
  needs: ['water/fill', water],
  include: { only: 'with a small pot', test: ({ litres }) => litres < 9 },
  check: ({ log }) => (log.push('check'), []),
  prepare: ({ log }) => void log.push('prepare'),
  when: ({ log, litres }) => (log.push('when'), litres > 1 || skip('too little to boil')),
  run: ({ log, litres }, task) => {
    log.push('run');
    task.debug('looking');
    task.message('it boils');
    task.warn('it is hot');
    task.action({ kind: 'heat', summary: 'heat the pot' });
    if (litres > 3) throw new Error('boiled over');
  },
  cleanup: ({ log }, reason) => void log.push(`cleanup ${reason}`),
  phases: [{ name: 'stir', summary: 'Stir', needs: ['water'], run: ({ log }, task) => (task.message('stirred'), void log.push('stir')) }],
});

async function boiled(litres: number) {
  const log: string[] = [];
  return { log, ...(await runPhase(boil, { log, litres })) };
}

describe('runPhase', () => {
  it('calls the hooks in their order, then the children', async () => {
    expect(await boiled(2)).toMatchObject({ status: 'succeeded', log: ['check', 'prepare', 'when', 'run', 'stir'] });
  });

  it('returns what the phase said and did', async () => {
    const { lines, actions, events } = await boiled(2);
    expect(lines).toEqual(['it boils', 'WARNING it is hot', 'stirred']);
    expect(actions).toEqual([{ kind: 'heat', summary: 'heat the pot' }]);
    expect(events.map(({ type }) => type)).toContain('run-end');
  });

  it('cleans up after a failure and returns its problems', async () => {
    const { status, log, problems } = await boiled(4);
    expect({ status, log: log.at(-1) }).toEqual({ status: 'failed', log: 'cleanup failed' });
    expect(problems).toMatchObject([{ code: 'PHASE_FAILED', summary: 'boiled over', where: { phase: 'boil' } }]);
  });

  it('returns why the phase was skipped', async () => {
    expect((await boiled(1)).phases).toMatchObject([{ status: 'skipped', reason: 'too little to boil' }, { path: 'boil/stir' }]);
    expect((await boiled(9)).phases[0]).toMatchObject({ status: 'skipped', reason: 'only with a small pot' });
  });

  it('looks for the results that the phase needs, and leaves needed paths to the workflow', async () => {
    expect(await boiled(0)).toMatchObject({ log: [], problems: [{ code: 'PHASE_NEEDS_MISSING', where: { phase: 'boil' } }] });
  });

  it('hands over the flags that the phase brings itself, and lets it name those of its workflow', async () => {
    const sugar = { name: 'sugar', type: 'integer', description: 'Lumps of sugar' } as const;
    const sweeten: Phase<unknown, 'house'> = {
      name: 'sweeten',
      summary: 'Sweeten',
      flags: ['house', sugar],
      run: (_, task) => task.message(JSON.stringify(task.flags)),
    };
    expect((await runPhase(sweeten, {}, { flags: { sugar: 3, house: 'north' } })).lines).toEqual(['{"sugar":3}']);
  });

  it('can be cancelled, and takes the time of a given clock', async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const wait = definePhase<unknown>({
      name: 'wait',
      summary: 'Wait',
      run: async (_, { signal }) => {
        await clock.sleep(50);
        controller.abort();
        await clock.sleep(1000, signal);
      },
    });
    const running = runPhase(wait, {}, { clock, signal: controller.signal });
    await clock.advance(50);
    expect(await running).toMatchObject({ status: 'cancelled', durationMs: 50 });
  });

  it('gives the flags that the phase brings itself their defaults', async () => {
    const seen: unknown[] = [];
    const degrees = { name: 'degrees', type: 'integer', default: 96, description: 'Degrees' } as const;
    const heat = definePhase<unknown>({ name: 'heat', summary: 'Heat', flags: [degrees], run: (_, { flags }) => void seen.push(flags) });
    await runPhase(heat, {});
    await runPhase(heat, {}, { flags: { degrees: 80 } });
    expect(seen).toEqual([{ degrees: 96 }, { degrees: 80 }]);
  });

  it.each([
    ['no phase', undefined, 'phase: must be an object'],
    ['a misspelt field', { name: 'a', summary: 'A', run: () => undefined, timeoutMs: '1' }, 'phase.timeoutMs: must be a number'],
    ['nothing to do', { name: 'a', summary: 'A' }, 'phase: has neither hooks nor children, so there is nothing to test'],
  ])('refuses %s', async (_, phase, message) => {
    await expect(runPhase(phase as Phase, {})).rejects.toThrow(message);
  });
});
