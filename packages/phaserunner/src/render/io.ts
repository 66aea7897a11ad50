/** What renderers need from outside: two places to write to, the environment, and time. */
import { systemClock } from '../clock.ts';

/** A place to write to, such as `process.stdout`. */
export interface Output {
  write(text: string): void;
  readonly isTTY?: boolean;
  /** Width of the terminal in cells; read anew for each frame. */
  readonly columns?: number;
  /** Height of the terminal in lines; read anew for each frame. */
  readonly rows?: number;
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
