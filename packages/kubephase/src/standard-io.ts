/** Standard output and error as plain synchronous writers. */
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** Has the shape of the engine's output, made without `process.stdout`: that stream alone costs a third of a short command's time. */
export interface StandardOutput {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Width of the terminal in characters; 80 when it is none. */
  readonly columns: number;
  readonly rows: number;
}

/**
 * Returns a writer to the file descriptor `fd`. When the reader of a pipe has gone, further text is dropped.
 * @param stream gives access to the size of the terminal; touched only when there is one
 */
export function standardOutput(fd: 1 | 2, stream: () => { readonly columns?: number; readonly rows?: number }): StandardOutput {
  const terminal = isatty(fd);
  let open = true;
  return {
    write(text) {
      if (open) open = writeAll(fd, Buffer.from(text));
    },
    isTTY: terminal,
    get columns() {
      return (terminal ? stream().columns : undefined) ?? 80;
    },
    get rows() {
      return (terminal ? stream().rows : undefined) ?? 24;
    },
  };
}

/** Returns false when the other end was closed. */
function writeAll(fd: number, bytes: Uint8Array): boolean {
  let rest = bytes;
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return false;
      // A pipe that another process made non-blocking is full: give its reader a moment.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
  return true;
}
