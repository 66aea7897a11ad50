/** What renderers are: what they need from outside, what they can be asked, and the shape that all have. */
import { systemClock } from '../clock.ts';
import type { Listener } from '../events.ts';

/** A place to write to, such as `process.stdout`. */
export interface Output {
  write(text: string): void;
  /** Writes text with control sequences of ours, of which all else was escaped (`escape.ts`). Default: `write`. */
  draw?(text: string): void;
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in cells; read anew for each frame. */
  readonly columns?: number | undefined;
  /** Height of the terminal in lines; read anew for each frame. */
  readonly rows?: number | undefined;
}

/** Writes `text`, in which only our own control sequences act, to `output`. */
export function draw(output: Output, text: string): void {
  if (output.draw === undefined) output.write(text);
  else output.draw(text);
}

/** Time for live rendering. Replaced in tests. */
export interface FrameClock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Calls `tick` every `intervalMs` until the returned function is called. Does not keep the process alive. */
  every(intervalMs: number, tick: () => void): () => void;
}

/** The outside world of a renderer. */
export interface RenderIo {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Environment variables; `NO_COLOR`, `FORCE_COLOR`, `TERM` and the locale are looked at. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Time of this machine when absent. */
  readonly clock?: FrameClock;
}

/** Time of this machine: the same that events are stamped with. */
export const frameClock: FrameClock = {
  now: () => systemClock.now(),
  every: (intervalMs, tick) => {
    const timer = setInterval(tick, intervalMs);
    timer.unref();
    return () => clearInterval(timer);
  },
};

/** Turns events into output. */
export interface Renderer {
  readonly listener: Listener;
  /** Writes a line (without newline) that is no event, such as why the run is about to end, beside what is drawn. */
  tell(line: string): void;
  /** Writes what is still held back and leaves the terminal as it was. Can be called at any time, also twice. */
  close(): void;
}

export interface RendererOptions {
  /** 0 prints what a user needs, 1 and up add starts, ends, actions and debug messages; below 0 only warnings and problems. Default 0. */
  readonly verbosity?: number;
  /** Where progress goes; `stderr` keeps standard output free for a document. Default `stdout`. */
  readonly progressTo?: 'stdout' | 'stderr';
  /** Words of the command with its flags, for the hint how to go on after a failure. */
  readonly command?: string;
  /** The command that starts the run again as it was typed, for a run of one phase that failed. */
  readonly again?: string;
}
