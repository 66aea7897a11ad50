/** Reads the last lines that a service logged, from the journal or from the usual files. */
import { isSystemError } from '../files/disk.ts';
import { findPlace } from '../files/place.ts';
import type { Tree } from '../files/disk.ts';
import { findProgram, runCommand, type ProgramSearch } from './programs.ts';

const journalTimeoutMs = 5000;

/** Enough for some hundred lines; a log may have gigabytes. */
const tailBytes = 128 * 1024;

/** The last `lines` lines, oldest first. What cannot be read is not there: a log only helps to explain another failure. */
export async function readServiceLog(search: ProgramSearch, service: string, lines: number): Promise<readonly string[]> {
  if (lines <= 0) return [];
  const journal = await readJournal(search, service, lines);
  if (journal.length > 0) return journal;
  const files = [`/var/log/${service}.log`, `/var/log/${service}/${service}.log`];
  return files.map((path) => linesOf(readTail(search.tree, path)).slice(-lines)).find((found) => found.length > 0) ?? [];
}

async function readJournal(search: ProgramSearch, service: string, lines: number): Promise<readonly string[]> {
  const program = findProgram('journalctl', search);
  if (program === undefined) return [];
  const argv = [program, '--quiet', '--no-pager', '-o', 'cat', '-n', String(lines), '-u', service] as const;
  const environment = { ...search.environment, LC_ALL: 'C' };
  const result = await runCommand({ argv, environment, timeoutMs: journalTimeoutMs }).catch(() => undefined);
  return result?.exitCode === 0 ? linesOf(result.stdout) : [];
}

/** The end of the file at `path`, from the start of a line; empty when it cannot be read. */
function readTail({ disk, root }: Tree, path: string): string {
  try {
    const end = disk.readEnd(findPlace(disk, root, path).path, tailBytes);
    const text = new TextDecoder().decode(end);
    return end === undefined || end.length < tailBytes ? text : text.slice(text.indexOf('\n') + 1);
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
