import { Command } from 'commander';
import { defineFlags, definePhase, defineWorkflow, skip } from 'phaserunner';
import { bindWorkflow, runProgram, type ProgramOptions } from 'phaserunner/commander';

export interface Coffee {
  readonly cups: number;
}

const flags = defineFlags({
  cups: { type: 'integer', default: 2, description: 'Number of cups' },
});

// A phase asks only for what it uses, so it fits into every workflow that has at least that.
const grind = definePhase<Pick<Coffee, 'cups'>>({
  name: 'grind',
  summary: 'Grind the beans',
  run: ({ cups }, task) => task.message(`ground ${cups * 8} g of beans`),
});

export const brew = defineWorkflow<Coffee, typeof flags>({
  name: 'brew',
  summary: 'Brew a pot of coffee',
  flags,
  phases: [
    {
      name: 'water',
      summary: 'Prepare the water',
      phases: [
        { name: 'fill', summary: 'Fill the kettle', run: (_, task) => task.message('the kettle is full') },
        { name: 'boil', summary: 'Boil the water', needs: ['water/fill'], run: (_, task) => task.message('the water boils') },
      ],
    },
    grind,
    {
      name: 'pour',
      summary: 'Pour',
      flags: ['cups'],
      needs: ['grind', 'water/boil'],
      run: (_, task) => task.message('the coffee is ready'),
    },
    { name: 'tidy', summary: 'Wash up', when: ({ cups }) => cups > 1 || skip('one cup does not fill the sink'), run: () => undefined },
  ],
});

export function coffee(words: readonly string[], options?: ProgramOptions): Promise<number> {
  const program = new Command('coffee');
  bindWorkflow(program.command('brew'), brew, { open: ({ flags: { cups } }) => ({ context: { cups } }) });
  return runProgram(program, words, options);
}
