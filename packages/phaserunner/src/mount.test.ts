import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineFlags } from './flags.ts';
import { mount, within } from './mount.ts';
import { definePhase, type Phase } from './phase.ts';
import { planRun } from './plan.ts';
import { selectPhases } from './select.ts';
import { recordEvents } from './testing/record-events.ts';
import { runPhase } from './testing/run-phase.ts';
import { runWorkflow } from './run.ts';
import { defineWorkflow } from './define-workflow.ts';
import type { Workflow } from './workflow.ts';

interface Kettle {
  readonly log: string[];
  readonly litres: number;
}

interface Party {
  readonly kettles: { readonly north: Kettle; readonly south: Kettle };
  readonly guests?: readonly string[];
}

interface PartyWithGuests extends Party {
  readonly guests: readonly string[];
}

const noted = (word: string) => (kettle: Kettle) => void kettle.log.push(word);

/** Has every hook. */
const boil = definePhase<Kettle>({
  name: 'boil',
  summary: 'Boil the water',
  needs: [{ name: 'water', found: 'water', there: ({ litres }) => litres > 0 }],
  makes: [{ name: 'hot water', found: 'hot water', there: ({ litres }) => litres > 1 }],
  include: { only: 'with a kettle', test: ({ litres }) => litres < 9 },
  check: (kettle) => (noted('check')(kettle), []),
  prepare: noted('prepare'),
  when: (kettle) => (noted('when')(kettle), true),
  run: (kettle) => {
    noted('run')(kettle);
    if (kettle.litres === 3) throw new Error('too hot');
  },
  cleanup: (kettle, reason) => void kettle.log.push(`cleanup ${reason}`),
  phases: [
    { name: 'steep', summary: 'Steep', work: async () => ({ check: (kettle) => (noted('check steep')(kettle), []), run: noted('steep') }) },
  ],
});

function party(litres: number, guests?: readonly string[]): Party {
  const kettle = (): Kettle => ({ log: [], litres });
  return { kettles: { north: kettle(), south: kettle() }, ...(guests === undefined ? {} : { guests }) };
}

describe('a phase that is mounted', () => {
  const north = mount(boil, ({ kettles }: Party) => kettles.north);

  it('gets the part of the context that the view finds, in every hook and below it', async () => {
    const tea = party(2);
    expect((await runPhase(north, tea)).status).toBe('succeeded');
    expect(tea.kettles.north.log).toEqual(['check', 'check steep', 'prepare', 'when', 'run', 'steep']);
    expect(tea.kettles.south.log).toEqual([]);
  });

  it('cleans up, and is left out, by what the view finds', async () => {
    const hot = party(3);
    expect((await runPhase(north, hot)).status).toBe('failed');
    expect(hot.kettles.north.log.at(-1)).toBe('cleanup failed');
    expect((await runPhase(north, party(9))).phases).toMatchObject([
      { status: 'skipped', reason: 'only with a kettle' },
      { status: 'skipped' },
    ]);
  });

  it('looks for what it needs in what the view finds', async () => {
    expect((await runPhase(north, party(0))).problems).toMatchObject([{ code: 'PHASE_NEEDS_MISSING' }]);
    expect(await north.makes?.[0]?.there(party(2))).toBe(true);
  });

  it('stands several times in one workflow, under other names', async () => {
    const south = mount(boil, ({ kettles }: Party) => kettles.south);
    const kettles = [
      { ...north, name: 'north' },
      { ...south, name: 'south' },
    ];
    const serve = defineWorkflow<Party>({ name: 'serve', summary: 'Serve', phases: kettles });
    const recorder = recordEvents();
    await runWorkflow(serve, { context: party(2), listeners: [recorder.listener] });
    expect(recorder.events.flatMap((event) => (event.type === 'phase-start' ? [event.path] : []))).toEqual([
      'north',
      'north/steep',
      'south',
      'south/steep',
    ]);
  });
});

describe('a phase within a proof', () => {
  const withGuests = { only: 'with guests', test: (all: Party): all is PartyWithGuests => all.guests !== undefined };
  const greet = definePhase<PartyWithGuests>({
    name: 'greet',
    summary: 'Greet',
    run: ({ guests }, task) => task.message(`hello ${guests.join(' and ')}`),
    phases: [{ name: 'coats', summary: 'Take the coats', run: ({ guests }, task) => task.message(`${guests.length} coats`) }],
  });
  const evening = defineWorkflow<Party>({ name: 'evening', summary: 'An evening', phases: [within(withGuests, greet)] });

  it('may use what that proves', async () => {
    expect((await runPhase(within(withGuests, greet), party(1, ['Ada', 'Bo']))).lines).toEqual(['hello Ada and Bo', '2 coats']);
  });

  it('does not belong to other runs, with everything below it, whatever is selected', () => {
    for (const only of [[], ['greet/coats']]) {
      const plan = planRun(evening, selectPhases(evening, [{ origin: '--only', only }]), party(1));
      expect(plan.at(-1)?.decision).toEqual({ run: false, because: 'membership', reason: 'only with guests' });
    }
  });

  it('keeps its children the same objects, and its own condition', async () => {
    expect(within(withGuests, greet).phases).toBe(greet.phases);
    const rare = within(withGuests, { ...greet, include: { only: 'with Ada', test: ({ guests }) => guests.includes('Ada') } });
    expect(rare.include?.only).toBe('with guests, with Ada');
    expect([party(1), party(1, ['Bo']), party(1, ['Ada'])].map((all) => rare.include?.test(all))).toEqual([false, false, true]);
  });
});

describe('the types', () => {
  const flags = defineFlags({
    cups: { type: 'integer', default: 2, description: 'Cups' },
    size: { type: 'string', choices: ['small', 'large'], description: 'Size' },
    sugar: { type: 'list', description: 'Sorts of sugar' },
  });

  it('keep out a phase that needs a proof where there is none', () => {
    const greet = definePhase<PartyWithGuests>({ name: 'greet', summary: 'Greet' });
    // @ts-expect-error a party may be without guests
    expectTypeOf(defineWorkflow<Party>({ name: 'a', summary: 'A', phases: [greet] })).toBeObject();
  });

  it('keep out a view that finds less than the phase uses', () => {
    // @ts-expect-error a log alone is no kettle
    expectTypeOf(mount(boil, (all: Party): Pick<Kettle, 'log'> => all.kettles.north)).toBeObject();
  });

  it('know flags by name and value', () => {
    const brew = defineWorkflow<Party, typeof flags>({ name: 'brew', summary: 'Brew', flags, offers: ['cups'], phases: [] });
    type Values = typeof brew extends Workflow<Party, 'cups' | 'size' | 'sugar', infer V> ? V : never;
    expectTypeOf<Values['cups']>().toEqualTypeOf<number>();
    expectTypeOf<Values['size']>().toEqualTypeOf<'small' | 'large' | undefined>();
    expectTypeOf<Values['sugar']>().toEqualTypeOf<readonly string[] | undefined>();
    // @ts-expect-error there is no flag of that name
    expectTypeOf<Values['cupz']>().toBeAny();
  });

  it('let a workflow offer only flags that it knows', () => {
    // @ts-expect-error there is no flag of that name
    expect(() => defineWorkflow<Party, typeof flags>({ name: 'brew', summary: 'Brew', flags, offers: ['cupz'], phases: [] })).toThrow(
      'offers the flag --cupz',
    );
  });

  it('let a shared phase into workflows that offer other flags', () => {
    const pour: Phase<Party, 'cups' | 'sugar'> = { name: 'pour', summary: 'Pour', flags: ['cups', 'sugar'] };
    const sweet = defineWorkflow<Party, typeof flags>({ name: 'sweet', summary: 'Sweet', flags, offers: ['sugar'], phases: [pour] });
    const plain = defineWorkflow<Party, typeof flags>({ name: 'plain', summary: 'Plain', flags, offers: ['cups'], phases: [pour] });
    expect(sweet.phases[0]).toBe(plain.phases[0]);
  });
});

describe('a phase that is an instance of a class', () => {
  class Steep {
    readonly name = 'steep';
    readonly summary = 'Steep';
    run(kettle: Kettle): void {
      kettle.log.push('steep');
    }
  }
  const kettle: Kettle = { log: [], litres: 1 };

  it.each([
    ['mounted', mount(new Steep(), (given: Kettle) => given)],
    ['within a proof', within({ only: 'always', test: (given: Kettle): given is Kettle => given.litres > 0 }, new Steep())],
  ])('keeps its work when it is %s', async (_, phase) => {
    kettle.log.length = 0;
    expect(await runPhase(phase, kettle)).toMatchObject({ status: 'succeeded' });
    expect(kettle.log).toEqual(['steep']);
  });
});
