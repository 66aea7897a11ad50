/** Keeps the code of modules with extra phases from ending the program, failing unseen, or writing into its standard output. */
import { Console } from 'node:console';
import { syncBuiltinESMExports } from 'node:module';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { ProblemError, type EngineCode } from '../problems.ts';
import { shellText } from './text.ts';

/** What is needed of `process`. */
export interface ContainedProcess {
  exit: (code?: number | string | null) => never;
  exitCode?: number | string | null | undefined;
  readonly stdout: { write: unknown };
  on(event: ProcessEvent, handler: (error: unknown) => void): unknown;
  off(event: ProcessEvent, handler: (error: unknown) => void): unknown;
}

type ProcessEvent = 'uncaughtException' | 'unhandledRejection' | 'beforeExit' | 'exit';

interface ContainmentOptions {
  /** Gets what the modules write to standard output, line by line. */
  readonly tell: (line: string) => void;
  /** Called each time that code of a module did what would have ended the program. */
  readonly escaped: (error: ProblemError) => void;
  /** Default: this process. */
  readonly process?: ContainedProcess;
}

export interface Containment {
  /** Names a module whose code is run from now on. */
  readonly add: (file: string) => void;
  /** Gives the process back as it was. */
  readonly release: () => void;
}

/** Methods of the console that write to standard output; not every runtime sends them through `process.stdout`. */
const printing = ['log', 'info', 'debug', 'dir', 'dirxml', 'table', 'group', 'groupCollapsed', 'count', 'timeEnd', 'timeLog'] as const;

/** Takes over what code can reach of the process, until it is released. */
export function contain({ tell, escaped, process: own = process }: ContainmentOptions): Containment {
  const files: string[] = [];
  const fail = (what: string, error: unknown): ProblemError => {
    const problem = escapeProblem(what, { files, error });
    escaped(problem);
    return problem;
  };
  const handlers: Readonly<Record<ProcessEvent, (error: unknown) => void>> = {
    uncaughtException: (error) => void fail(shellText.failedUnseen, error),
    unhandledRejection: (error) => void fail(shellText.failedUnseen, error),
    // Nothing is left that could go on, and yet this was not released: something is waited for that never comes.
    beforeExit: () => void fail(shellText.neverEnds, undefined),
    // For ways out that cannot be closed: whatever ended the program, it was not the end of the command.
    exit: (code) => {
      if (code !== 0) return;
      own.exitCode = 1;
      tell(escapeProblem(shellText.endsProgram, { files, error: undefined }).message);
    },
  };
  const events = Object.keys(handlers) as readonly ProcessEvent[];
  const { exit } = own;
  own.exit = () => {
    throw fail(shellText.endsProgram, new Error(shellText.endsProgram));
  };
  syncBuiltinESMExports();
  for (const event of events) own.on(event, handlers[event]);
  const restoreOutput = divertOutput(own, tell);
  return {
    add: (file) => void files.push(file),
    release: () => {
      own.exit = exit;
      syncBuiltinESMExports();
      for (const event of events) own.off(event, handlers[event]);
      restoreOutput();
    },
  };
}

interface Escape {
  readonly files: readonly string[];
  readonly error: unknown;
}

function escapeProblem(what: string, { files, error }: Escape): ProblemError {
  const blamed = blame(files, error);
  const code: EngineCode = 'EXTRA_PHASES_UNCONTAINED';
  return new ProblemError({
    code,
    summary: `${blamed.join(', ')}: ${what}`,
    remedy: shellText.mendModule,
    where: { file: blamed.join(', ') },
    ...(error === undefined ? {} : { cause: error }),
  });
}

/** The module that the stack of the error names, else all. */
function blame(files: readonly string[], error: unknown): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const named = files.filter((file) => stack.includes(resolve(file)));
  return named.length > 0 ? named : files;
}

/** Sends what is printed to `tell`. The program's own output does not come this way. Returns what undoes it. */
function divertOutput({ stdout }: ContainedProcess, tell: (line: string) => void): () => void {
  const { write } = stdout;
  let open = '';
  const take = (chunk: unknown, ...rest: readonly unknown[]): boolean => {
    const lines = `${open}${typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk as Uint8Array)}`.split('\n');
    open = lines.pop() ?? '';
    for (const line of lines) tell(line);
    const done = rest.find((one) => typeof one === 'function');
    if (done !== undefined) queueMicrotask(() => (done as () => void)());
    return true;
  };
  stdout.write = take;
  const target = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      take(chunk);
      done();
    },
  });
  const diverted = new Console({ stdout: target, stderr: target });
  const before = Object.fromEntries(printing.map((name) => [name, console[name]]));
  for (const name of printing) console[name] = diverted[name].bind(diverted) as () => void;
  return () => {
    stdout.write = write;
    Object.assign(console, before);
    if (open !== '') tell(open);
  };
}
