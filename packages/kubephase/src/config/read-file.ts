/** Reads the text of a configuration file. */
import { isProblemError, type Problem } from 'phaserunner';
import { maxTextLength } from '../formats/yaml/text.ts';
import type { Host } from '../host/port.ts';
import { problem } from '../problems/catalogue.ts';

/** Returns the text, or why there is none. Size is looked at first, so that a wrong path cannot fill the memory. */
export async function readConfigFile(
  host: Pick<Host, 'files'>,
  file: string,
): Promise<{ readonly text: string } | { readonly problem: Problem }> {
  try {
    const status = await host.files.status(file);
    if (status === undefined) return { problem: unreadable(file, 'The file does not exist.') };
    if (status.type === 'directory') return { problem: unreadable(file, 'It is a directory.') };
    if (status.size > maxTextLength) return { problem: tooLarge(file, status.size) };
    const text = await host.files.readText(file);
    return text === undefined ? { problem: unreadable(file, 'The file does not exist.') } : { text };
  } catch (error) {
    if (!isProblemError(error)) throw error;
    return { problem: { ...unreadable(file, error.message), cause: error } };
  }
}

function unreadable(file: string, detail: string): Problem {
  return problem('CONFIG_UNREADABLE', {
    summary: `unable to read config from "${file}"`,
    detail,
    remedy: 'Give the path of a file that exists and that this user may read.',
    where: { file },
  });
}

function tooLarge(file: string, size: number): Problem {
  return problem('CONFIG_TOO_LARGE', {
    summary: `${file} has ${size} bytes; configuration files have at most ${maxTextLength}`,
    remedy: 'Give the path of a file that holds only configuration documents.',
    where: { file },
  });
}
