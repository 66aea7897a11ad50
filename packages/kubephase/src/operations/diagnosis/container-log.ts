/** Reads the end of what a container printed, from the file to which the container runtime writes it. */
import { isProblemError } from 'phaserunner';
import type { Files } from '../../host/port.ts';
import { maskSecrets } from '../../problems/secrets.ts';
import { withoutDumps } from './log-line.ts';

/** The last lines, oldest first, or why there are none. */
export type LogTail = { readonly lines: readonly string[] } | { readonly missing: string };

/** The kubelet starts a new file at 10 MiB; a larger one is not worth reading into memory. */
const largestLogBytes = 16 * 1024 * 1024;

/** What is read of a file before it is cut into lines. */
const tailBytes = 256 * 1024;

/** @param path as the runtime tells it. @param count largest number of lines */
export async function readContainerLog(files: Files, path: string | undefined, count: number): Promise<LogTail> {
  if (path === undefined) return { missing: 'the container runtime does not tell where its log is' };
  try {
    const size = (await files.status(path))?.size ?? 0;
    if (size > largestLogBytes) return { missing: `its log ${path} is too large to be shown here` };
    const bytes = await files.read(path);
    return bytes === undefined ? { missing: `its log ${path} does not exist` } : { lines: tailOf(bytes, count) };
  } catch (error) {
    if (isProblemError(error)) return { missing: error.problem.summary };
    throw error;
  }
}

function tailOf(bytes: Uint8Array, count: number): readonly string[] {
  const cut = bytes.length > tailBytes;
  const text = new TextDecoder().decode(cut ? bytes.subarray(-tailBytes) : bytes);
  const written = joinParts(cut ? text.slice(text.indexOf('\n') + 1) : text);
  // Masked before lines are chosen: a key may stretch over several.
  return withoutDumps(maskSecrets(written).split('\n')).slice(-count);
}

/** Time, stream and a mark: `P` for the part of a line that goes on in the next row, `F` for its end. @see kubelet's CRI log format */
const row = /^\S+ (?:stdout|stderr) ([FP])(?::\S*)? ?(.*)$/;

/** What the container printed, without the headers of the runtime. Rows in another form are kept as they are. */
function joinParts(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const [, mark, content] = row.exec(line) ?? [];
      return content === undefined ? `${line}\n` : `${content}${mark === 'F' ? '\n' : ''}`;
    })
    .join('');
}
