/** Reads logs: what the kubelet logs while it is waited for, and the end of what a container printed. */
import { isProblemError } from 'phaserunner';
import type { Files, Services } from '../../host/port.ts';
import { maskSecrets } from '../../problems/secrets.ts';
import { isErrorLine, readLogLine, withoutDumps } from './log-line.ts';

interface KubeletLog {
  /** Remembers what was logged so far: it tells of earlier runs. */
  mark(): Promise<void>;
  /** Reads the log again. */
  read(): Promise<KubeletLines>;
}

export interface KubeletLines {
  /** Errors and lines without severity, oldest first: those since the mark, or, without new ones, those before it. */
  readonly errors: readonly string[];
  /** Errors of the process that started last, also those before the mark; empty when what was read does not reach back to its start. */
  readonly sinceStart: readonly string[];
  /** False when no log was found. */
  readonly found: boolean;
}

/** While the API server is down the kubelet writes several errors a second, and older ones end with the stacks of all their threads. */
const readLines = 3000;

/** A kubelet begins with its version, in the words of older or newer releases, and says the last once it is set up; so may a service manager. */
const startLine = /server\.go:\d+\] Version: v\d|Kubelet version|Started kubelet/;

/** Without a service manager the log of the kubelet is where somebody sent it. */
export const noKubeletLog = 'no log of the kubelet was found, neither in the journal nor as /var/log/kubelet.log';

export function createKubeletLog(services: Pick<Services, 'log'>): KubeletLog {
  let lastMarked: string | undefined;
  const readAll = async (): Promise<readonly string[]> => {
    const lines = await services.log('kubelet', readLines);
    return withoutDumps(maskSecrets(lines.join('\n')).split('\n'));
  };
  return {
    mark: async () => {
      // Lines without a header have no time: they look alike at any time.
      lastMarked = (await readAll()).findLast((line) => readLogLine(line).severity !== undefined);
    },
    read: async () => {
      const all = await readAll();
      const fresh = lastMarked === undefined ? all : all.slice(all.lastIndexOf(lastMarked) + 1);
      const freshErrors = fresh.filter(isErrorLine);
      const start = all.findLastIndex((line) => startLine.test(line));
      return {
        errors: freshErrors.length > 0 ? freshErrors : all.filter(isErrorLine),
        sinceStart: start === -1 ? [] : all.slice(start + 1).filter(isErrorLine),
        found: all.length > 0,
      };
    },
  };
}

/** The last lines, oldest first, or why there are none. */
export type LogTail = { readonly lines: readonly string[] } | { readonly missing: string };

/** What is read of a file before it is cut into lines. */
const tailBytes = 256 * 1024;

/** @param path as the runtime tells it. @param count largest number of lines */
export async function readContainerLog(files: Files, path: string | undefined, count: number): Promise<LogTail> {
  if (path === undefined) return { missing: 'the container runtime does not tell where its log is' };
  try {
    const bytes = await files.readEnd(path, tailBytes);
    return bytes === undefined ? { missing: `its log ${path} does not exist` } : { lines: tailOf(bytes, count) };
  } catch (error) {
    if (isProblemError(error)) return { missing: error.problem.summary };
    throw error;
  }
}

function tailOf(bytes: Uint8Array, count: number): readonly string[] {
  const cut = bytes.length >= tailBytes;
  const text = new TextDecoder().decode(bytes);
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
