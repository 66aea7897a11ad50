/** Programs in memory, with the answers that a test gives them. */
import { failure } from '../../problems/catalogue.ts';
import type { CommandResult, Programs } from '../port.ts';

/**
 * Answers by command line (`kubelet --version`): standard output of a success, a whole result, or an error that is thrown. The first
 * word of each is a program that exists; a line with nothing more only says that.
 */
export type MemoryPrograms = Readonly<Record<string, string | Partial<CommandResult> | Error>>;

/** Where all of them stand. */
const folder = '/usr/bin/';

/** A program that is asked what it has no answer for ends with exit code 2, one that does not exist cannot be started. */
export function createMemoryPrograms(answers: MemoryPrograms = {}): Programs & { readonly calls: readonly string[] } {
  const names = new Set(Object.keys(answers).map((line) => line.split(' ')[0]));
  const calls: string[] = [];
  return {
    calls,
    find: async (name) => (names.has(withoutFolder(name)) ? `${folder}${withoutFolder(name)}` : undefined),
    ask: async ([program, ...args]) => {
      const name = withoutFolder(program);
      const line = [name, ...args].join(' ');
      calls.push(line);
      if (!names.has(name)) {
        throw failure('COMMAND_FAILED', { summary: `the command cannot be started: ${line}`, detail: `${name} is not on PATH` });
      }
      const answer = answers[line] ?? { exitCode: 2, stderr: `no answer to "${line}"\n` };
      if (answer instanceof Error) throw answer;
      return { exitCode: 0, stdout: '', stderr: '', ...(typeof answer === 'string' ? { stdout: answer } : answer) };
    },
  };
}

function withoutFolder(program: string): string {
  return program.startsWith(folder) ? program.slice(folder.length) : program;
}
