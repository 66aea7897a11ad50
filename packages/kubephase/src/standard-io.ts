/** Standard output and error as plain synchronous writers, and standard input as a reader. */
import { createReadStream, fstatSync, writeSync } from 'node:fs';

/** Has the shape of the engine's output, made without `process.stdout`: that stream alone costs a third of a short command's time. */
export interface StandardOutput {
  write(text: string): void;
  /** Asked late: the module that knows takes longer to load than a short command runs. */
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
  let open = true;
  const isTerminal = (): boolean => process.getBuiltinModule('node:tty').isatty(fd);
  return {
    write(text) {
      if (open) open = writeAll(fd, Buffer.from(text));
    },
    get isTTY() {
      return isTerminal();
    },
    get columns() {
      return (isTerminal() ? stream().columns : undefined) ?? 80;
    },
    get rows() {
      return (isTerminal() ? stream().rows : undefined) ?? 24;
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
      if (code !== 'EAGAIN') throw error;
      wait();
    }
  }
  return true;
}

/** Has the shape of the engine's input. */
export interface StandardInput {
  /** Asked late: the module that knows takes longer to load than a short command runs. */
  readonly isTTY: boolean;
  /** Waits for the end of the input, or for `maxBytes` of it. Rejects when `signal` is aborted before. */
  readText(maxBytes: number, signal?: AbortSignal): Promise<string>;
}

/** Returns a reader of the standard input of this process, or of another descriptor that it was started with. */
export function standardInput(fd = 0): StandardInput {
  return {
    get isTTY() {
      return process.getBuiltinModule('node:tty').isatty(fd);
    },
    readText: async (maxBytes, signal) => new TextDecoder().decode(await readAll(fd, maxBytes, signal)),
  };
}

/** Returns a reader of the pipe that a shell opened for this process and named by `path`, as for `<(…)`; undefined for everything else. */
export function inheritedPipe(path: string): StandardInput | undefined {
  const fd = /^\/(?:dev|proc\/self)\/fd\/(\d{1,4})$/.exec(path)?.[1];
  return fd !== undefined && isPipe(Number(fd)) ? standardInput(Number(fd)) : undefined;
}

function isPipe(fd: number): boolean {
  try {
    return fstatSync(fd).isFIFO();
  } catch {
    // Not open: the path is read as any other, which tells so.
    return false;
  }
}

/** Not in one blocking call: a signal has to be seen while nothing comes. */
async function readAll(fd: number, maxBytes: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const stdin = fd === 0 ? process.stdin : createReadStream('', { fd });
  const stop = (): void => void stdin.destroy(new Error('standard input was no longer waited for', { cause: signal?.reason }));
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stdin as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= maxBytes) break;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

/** A pipe that another process made non-blocking is full: gives its other end a moment. */
function wait(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
