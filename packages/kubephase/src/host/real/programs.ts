/** Programs of the machine that are asked something. */
import { failure } from '../../problems/catalogue.ts';
import type { Programs } from '../port.ts';
import { runCommand, shellLine } from './command.ts';
import { findProgram, type ProgramSearch } from './find-program.ts';

type Ask = Programs['ask'];

/** PATH is that of the environment; the programs answer in English, so that their words can be recognised. */
export function createRealPrograms(search: ProgramSearch): Programs {
  const environment = { ...search.environment, LC_ALL: 'C' };
  return {
    find: async (name) => findProgram(name, search),
    ask: async ([name, ...args], timeoutMs) => {
      const program = findProgram(name, search);
      if (program === undefined) throw cannotStart([name, ...args], `${name} is not on PATH`);
      return runCommand({ argv: [program, ...args], environment, timeoutMs });
    },
  };
}

/**
 * Programs below a root prefix: they can be found there, as after chroot(2), but not be run. The programs of the machine outside
 * would tell about the wrong machine.
 */
export function createUnaskedPrograms(search: ProgramSearch): Programs {
  return {
    find: async (name) => findProgram(name, search),
    ask: async (argv) => {
      throw cannotStart(argv, 'with --rootfs no program is run');
    },
  };
}

function cannotStart(argv: Parameters<Ask>[0], detail: string): Error {
  return failure('COMMAND_FAILED', {
    summary: `the command cannot be started: ${shellLine(argv)}`,
    detail,
    remedy: `Install ${argv[0]}, or add its folder to PATH.`,
    where: { object: shellLine(argv) },
  });
}
