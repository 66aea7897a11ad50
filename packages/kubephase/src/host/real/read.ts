/** Reads regular files, and no more of them than was asked for: a pipe would wait for its writer, and a device may never end. */
import * as fs from 'node:fs';
import { isSystemError, notRegular, systemError, tooLarge } from '../files/disk.ts';

/** Files of the kernel, such as those of /proc, tell no size. In bytes. */
const firstBuffer = 64 * 1024;

/**
 * Returns the content, or undefined when nothing stands at `place`. Links are followed.
 * @throws SystemError `EINVAL` for what is no regular file, `EFBIG` for one that is longer than `maxBytes`
 */
export function readRegular(place: string, maxBytes: number): Uint8Array | undefined {
  return withRegular(place, (descriptor, size) => {
    if (size > maxBytes) throw tooLarge(maxBytes);
    // One byte more than there should be tells that the end was reached.
    let buffer = new Uint8Array(Math.min(Math.max(size, firstBuffer), maxBytes) + 1);
    let length = 0;
    for (;;) {
      const count = fs.readSync(descriptor, buffer, length, buffer.length - length, null);
      length += count;
      if (length > maxBytes) throw tooLarge(maxBytes);
      if (count === 0) return buffer.subarray(0, length);
      if (length === buffer.length) buffer = enlarged(buffer, maxBytes + 1);
    }
  });
}

function enlarged(buffer: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(buffer.length * 2, most));
  larger.set(buffer);
  return larger;
}

/**
 * Like `readRegular`, for files that no host knows: those that the program itself or a client is told of.
 * @throws SystemError that names the file, also `ENOENT`
 */
export function readNamed(path: string, maxBytes: number): string {
  try {
    const content = readRegular(path, maxBytes);
    if (content === undefined) throw systemError('ENOENT', 'no such file');
    return new TextDecoder().decode(content);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw systemError(error.code, `${error.message.replace(/^[A-Z0-9]+: |, [a-z]+( '.*')?$/gs, '')}: ${path}`);
  }
}

/** Returns the last `maxBytes` of the content, or undefined when nothing stands at `place`. @throws SystemError `EINVAL` for what is no regular file */
export function readRegularEnd(place: string, maxBytes: number): Uint8Array | undefined {
  return withRegular(place, (descriptor, size) => {
    const start = Math.max(0, size - maxBytes);
    const buffer = new Uint8Array(size - start);
    return buffer.subarray(0, fs.readSync(descriptor, buffer, 0, buffer.length, start));
  });
}

function withRegular<T>(place: string, work: (descriptor: number, size: number) => T): T | undefined {
  const status = fs.statSync(place, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  // Asked before it is opened, because some devices do something when they are.
  requireRegular(status);
  const { O_NOCTTY, O_NONBLOCK, O_RDONLY } = fs.constants;
  const descriptor = fs.openSync(place, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  try {
    const opened = fs.fstatSync(descriptor);
    requireRegular(opened);
    return work(descriptor, opened.size);
  } finally {
    fs.closeSync(descriptor);
  }
}

function requireRegular(status: fs.Stats): void {
  if (status.isDirectory()) throw systemError('EISDIR', 'a folder stands there');
  if (!status.isFile()) throw notRegular(kindOf(status));
}

function kindOf(status: fs.Stats): string {
  if (status.isFIFO()) return 'a named pipe';
  if (status.isSocket()) return 'a socket';
  return status.isSymbolicLink() ? 'a symbolic link' : 'a device';
}
