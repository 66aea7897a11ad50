import { describe, expect, expectTypeOf, it } from 'vitest';
import { defaultsOf, defineFlags, type Flag, type ValuesOf } from './flags.ts';

const flags = defineFlags({
  cups: { type: 'integer', default: 2, description: 'Cups' },
  size: { type: 'string', choices: ['small', 'large'], description: 'Size' },
  house: { type: 'string', default: '', description: 'House' },
  strong: { type: 'boolean', default: false, description: 'Make it strong' },
  rest: { type: 'duration', description: 'How long it rests' },
  sugar: { type: 'list', description: 'Sorts of sugar' },
  labels: { type: 'map', default: {}, description: 'Labels' },
});

describe('defineFlags', () => {
  it('names each flag by its key', () => {
    expect(Object.entries(flags).map(([key, { name }]) => [key, name])).toEqual(Object.keys(flags).map((key) => [key, key]));
    expect(flags.cups).toEqual({ name: 'cups', type: 'integer', default: 2, description: 'Cups' });
  });

  it('makes flags that nobody can change', () => {
    expect(Object.values(flags).every((flag) => Object.isFrozen(flag))).toBe(true);
  });

  it('keeps in the types what is literal', () => {
    expectTypeOf(flags.cups.name).toEqualTypeOf<'cups'>();
    expectTypeOf(flags).toExtend<Readonly<Record<string, Flag>>>();
    // @ts-expect-error there is no such type of flags
    expectTypeOf(defineFlags({ cups: { type: 'number', description: 'Cups' } })).toBeObject();
    // @ts-expect-error the default of a number is a number
    expectTypeOf(defineFlags({ cups: { type: 'integer', default: '2', description: 'Cups' } })).toBeObject();
    // @ts-expect-error the name of a flag is its key
    expectTypeOf(defineFlags({ cups: { type: 'integer', name: 'mugs', description: 'Cups' } })).toBeObject();
    // @ts-expect-error a default is one of the choices
    expectTypeOf(defineFlags({ size: { type: 'string', choices: ['s', 'l'], default: 'm', description: 'Size' } })).toBeObject();
  });

  it('gives each value the type of its flag, which is always there when the flag has a default', () => {
    expectTypeOf<ValuesOf<typeof flags>>().toEqualTypeOf<{
      readonly cups: number;
      readonly size: 'small' | 'large' | undefined;
      readonly house: string;
      readonly strong: boolean;
      readonly rest: string | undefined;
      readonly sugar: readonly string[] | undefined;
      readonly labels: Readonly<Record<string, string>>;
    }>();
  });
});

describe('defaultsOf', () => {
  it('has the default of every flag that has one, empty ones too', () => {
    expect(defaultsOf(flags)).toStrictEqual({ cups: 2, house: '', strong: false, labels: {} });
  });

  it('is empty for no flags', () => {
    expect(defaultsOf({})).toEqual({});
  });
});
