/** The shape that all renderers have, and what can be asked of them. */
import type { Listener } from '../events.ts';

/** Turns events into output. */
export interface Renderer {
  readonly listener: Listener;
  /** Writes a line (without newline) that is no event, such as why the run is about to end, beside what is drawn. */
  tell(line: string): void;
  /** Writes what is still held back and leaves the terminal as it was. Can be called at any time, also twice. */
  close(): void;
}

export interface RendererOptions {
  /** 0 prints what a user needs, 1 and up add starts, ends, actions and debug messages. Default 0. */
  readonly verbosity?: number;
  /** True when actions are only intended: they read "would …". */
  readonly rehearsal?: boolean;
  /** Where progress goes; `stderr` keeps standard output free for a document. Default `stdout`. */
  readonly progressTo?: 'stdout' | 'stderr';
  /** Words of the command with its flags, for the hint how to go on after a failure. */
  readonly command?: string;
}
