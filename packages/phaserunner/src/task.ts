/** What the engine hands to a phase: a voice under the phase's path, its flags, its signal. */
import type { Emit } from './emit.ts';
import type { FlagValues } from './flags.ts';
import type { Phase, Task } from './phase.ts';

/** A task whose try can be counted up and whose signal can be replaced between the tries. */
export interface RunningTask extends Task {
  attempt: number;
  /** Sets the signal of the next try; undefined stands for one that is never aborted. */
  useSignal(signal: AbortSignal | undefined): void;
}

/** What a task is made of. */
export interface TaskParts {
  readonly path: string;
  readonly flags: FlagValues;
  readonly emit: Emit;
}

const noFlags: FlagValues = Object.freeze({});

/** Makes the task of one phase. */
export function createTask({ path, flags, emit }: TaskParts): RunningTask {
  let current: AbortSignal | undefined;
  return {
    path,
    flags,
    attempt: 1,
    get signal() {
      // Made only when asked for: most phases never look, and a controller costs more than the rest of a task.
      current ??= new AbortController().signal;
      return current;
    },
    useSignal: (signal) => {
      current = signal;
    },
    message: (text) => emit({ type: 'message', path, level: 'info', text }),
    warn: (text) => emit({ type: 'message', path, level: 'warning', text }),
    debug: (text, verbosity = 1) => emit({ type: 'message', path, level: 'debug', text, verbosity }),
    progress: (progress) => emit({ type: 'progress', path, ...progress }),
    action: (action) => emit({ type: 'action', path, action }),
  };
}

/** Returns those of `values` that belong to flags which `phase` brings itself. */
export function ownFlagValues(phase: Phase<never>, values: FlagValues): FlagValues {
  if (phase.flags === undefined) return noFlags;
  const names = phase.flags.flatMap((flag) => (typeof flag === 'string' ? [] : [flag.name]));
  return Object.fromEntries(names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]));
}
