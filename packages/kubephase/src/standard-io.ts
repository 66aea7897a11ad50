/** Standard output and error as plain synchronous writers, and standard input and inherited pipes as readers. */
import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs';

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

/** Returns a reader of the standard input of this process. */
export function standardInput(): StandardInput {
  return {
    get isTTY() {
      return process.getBuiltinModule('node:tty').isatty(0);
    },
    readText: (maxBytes, signal) => textOf(standardChunks(signal), maxBytes),
  };
}

/** Returns a reader of the pipe that a shell opened for this process and named by `path`, as for `<(…)`; undefined for everything else. */
export function inheritedPipe(path: string): StandardInput | undefined {
  const fd = /^\/(?:dev|proc\/self)\/fd\/(\d{1,4})$/.exec(path)?.[1];
  if (fd === undefined || !isPipe(Number(fd))) return undefined;
  return { isTTY: false, readText: (maxBytes, signal) => textOf(pipeChunks(path, Number(fd), signal), maxBytes) };
}

function isPipe(fd: number): boolean {
  try {
    return fstatSync(fd).isFIFO();
  } catch {
    // Not open: the path is read as any other, which tells so.
    return false;
  }
}

async function textOf(source: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBytes) break;
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, maxBytes));
}

/** Not in one blocking call: a signal has to be seen while nothing comes. */
async function* standardChunks(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const { stdin } = process;
  const stop = (): void => void stdin.destroy(noLongerWaited(signal));
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop);
  try {
    yield* stdin as AsyncIterable<Uint8Array>;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * Asks again and again, because no stream of another descriptor serves both runtimes: Bun ends without a word while it waits for a socket
 * of it, and Node.js ends no process that still reads a file.
 */
async function* pipeChunks(path: string, inherited: number, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  const fd = openNonBlocking(path) ?? inherited;
  const buffer = new Uint8Array(65_536);
  try {
    for (;;) {
      if (signal?.aborted === true) throw noLongerWaited(signal);
      const count = readSome(fd, buffer);
      if (count === 0) return;
      if (count === undefined) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      else yield buffer.slice(0, count);
    }
  } finally {
    if (fd !== inherited) closeSync(fd);
  }
}

/** Returns a descriptor of its own for the same pipe, whose other users notice nothing; undefined when the pipe belongs to another user. */
function openNonBlocking(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

/** Zero at the end of the input; undefined when there is nothing yet. */
function readSome(fd: number, target: Uint8Array): number | undefined {
  try {
    return readSync(fd, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    return undefined;
  }
}

function noLongerWaited(signal: AbortSignal | undefined): Error {
  return new Error('the input was no longer waited for', { cause: signal?.reason });
}

const pauseMs = 5;

/** A pipe that another process made non-blocking is full: gives its other end a moment. */
function wait(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
}
