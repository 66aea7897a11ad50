/** A small workflow on a real command line with recording streams, for the tests of this folder. */
import { Command } from 'commander';
import { defineFlags, type ValuesOf } from '../flags.ts';
import { definePhase, type Result } from '../phase.ts';
import { defineWorkflow } from '../define-workflow.ts';
import { bindWorkflow } from './bind.ts';
import type { Binding, Invocation } from './binding.ts';
import { addFlags } from './options.ts';
import { runProgram } from './program.ts';
import type { EndingSignal, SignalSource } from './signals.ts';

/** What phases of `brew` use. */
export interface Tea {
  readonly log: string[];
  /** Path of the phase that fails. */
  readonly broken?: string | undefined;
}

const kettle: Result<Tea> = { name: 'a full kettle', found: 'a full kettle', there: () => true };

const work = (path: string) => (tea: Tea) => {
  if (tea.broken === path) throw new Error(`${path} is broken`);
  tea.log.push(path);
};

const flags = defineFlags({
  recipe: { type: 'string', placeholder: 'FILE', description: 'Recipe to follow' },
  sugar: { short: 's', type: 'integer', default: 2, description: 'Lumps of sugar' },
  token: { type: 'string', secret: true, description: 'Loyalty token' },
  'dry-run': { short: 'n', type: 'boolean', description: 'Only pretend', oneOff: true },
  milk: { type: 'boolean', deprecated: 'drink it black', description: 'Add milk' },
  lemon: { type: 'boolean', description: 'Add lemon; another command has this one' },
});

/** Nested, with aliases, a hidden phase, memberships, needs, own flags and arguments. */
export const brew = defineWorkflow<Tea, typeof flags>({
  name: 'brew',
  summary: 'Brew a pot of tea',
  flags,
  offers: ['recipe', 'sugar', 'token', 'dry-run', 'milk'],
  phases: [
    { name: 'preflight', summary: 'Look for kettle and cup', flags: ['dry-run'], run: work('preflight') },
    {
      name: 'water',
      aliases: ['h2o'],
      summary: 'Prepare the water',
      description: 'It has to be fresh, and just boiling.',
      example: 'phase water\ntea brew phase water boil --sugar 3',
      run: work('water'),
      phases: [
        { name: 'fill', summary: 'Fill the kettle', flags: ['recipe', 'dry-run', 'lemon'], makes: [kettle], run: work('water/fill') },
        {
          name: 'boil',
          summary: 'Boil the water',
          flags: ['recipe', 'sugar', { name: 'degrees', type: 'integer', default: 96, description: 'Temperature in degrees Celsius' }],
          needs: [kettle],
          args: [{ name: 'stove', description: 'Stove to use' }],
          run: (tea, task) => {
            work('water/boil')(tea);
            task.message(`boiled at ${Number(task.flags['degrees'])} degrees`);
          },
        },
      ],
    },
    definePhase<Tea>({ name: 'wait', hidden: true, summary: 'Wait for the leaves', run: work('wait') }),
    { name: 'cup', summary: 'Warm the cup', include: { only: 'with a cold cup', test: () => true }, flags: ['sugar'], run: work('cup') },
  ],
});

/** Everything that one run of the program left behind. */
export interface Spilled {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Paths of the phases that ran. */
  readonly log: readonly string[];
  readonly invocations: readonly Invocation<unknown>[];
}

export interface TeaOptions {
  /** In place of `brew`. */
  readonly workflow?: typeof brew;
  readonly binding?: Partial<Binding<Tea, keyof typeof flags, ValuesOf<typeof flags>>>;
  readonly broken?: string;
  readonly terminal?: { readonly columns: number };
  readonly environment?: Readonly<Record<string, string>>;
  readonly signals?: SignalSource;
  readonly exitCodeOf?: () => number;
}

/** The program `tea` with the global flag `--house`, the container `shop`, and the workflow `brew`. */
export function teaProgram(options: TeaOptions = {}, tea: Tea = { log: [] }, invocations: Invocation<unknown>[] = []): Command {
  const program = new Command('tea').description('Makes tea.');
  addFlags(program, [{ name: 'house', type: 'string', placeholder: 'NAME', description: 'House in which tea is made' }]);
  const shop = program.command('shop').summary('Buy tea');
  shop
    .command('open')
    .summary('Open the shop')
    .option('--sign <TEXT>', 'what the sign says')
    .argument('<door>')
    .action(() => undefined);
  bindWorkflow(program.command('brew'), options.workflow ?? brew, {
    open: (invocation) => {
      invocations.push(invocation);
      return { context: tea };
    },
    ...options.binding,
  });
  return program;
}

/** Runs `tea` with `words`. */
export async function pour(words: readonly string[], options: TeaOptions = {}): Promise<Spilled> {
  const written = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
    ...(options.terminal === undefined ? {} : { isTTY: true, columns: options.terminal.columns, rows: 50 }),
  });
  const tea: Tea = { log: [], broken: options.broken };
  const invocations: Invocation<unknown>[] = [];
  const code = await runProgram(teaProgram(options, tea, invocations), words, {
    io: { stdout: stream('stdout'), stderr: stream('stderr'), environment: options.environment ?? {} },
    signals: options.signals ?? quietSignals(),
    ...(options.exitCodeOf === undefined ? {} : { exitCodeOf: options.exitCodeOf }),
  });
  return { code, ...written, log: tea.log, invocations };
}

/** A process that can be sent signals. */
export interface FakeSignals extends SignalSource {
  send(signal: EndingSignal): void;
  /** Codes with which it was told to exit. */
  readonly exits: readonly number[];
  /** Number of handlers. */
  readonly handlers: () => number;
}

export function quietSignals(): FakeSignals {
  const handlers = new Map<EndingSignal, Set<(signal: EndingSignal) => void>>();
  const of = (signal: EndingSignal) => handlers.get(signal) ?? handlers.set(signal, new Set()).get(signal)!;
  const exits: number[] = [];
  return {
    on: (signal, handler) => of(signal).add(handler),
    off: (signal, handler) => of(signal).delete(handler),
    exit: (code) => exits.push(code),
    send: (signal) => {
      for (const handler of of(signal)) handler(signal);
    },
    exits,
    handlers: () => [...handlers.values()].reduce((sum, { size }) => sum + size, 0),
  };
}
