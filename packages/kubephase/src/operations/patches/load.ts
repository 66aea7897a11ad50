/** Reads a folder of patches. */
import { basename, dirname, join } from 'node:path/posix';
import { ProblemError, type Problem } from 'phaserunner';
import { readDocuments, readFileName, type DocumentReading } from '../../core/patches/read.ts';
import type { IgnoredFile, PatchSet } from '../../core/patches/patch.ts';
import type { Files } from '../../host/port.ts';
import { problem } from '../../problems/catalogue.ts';

/**
 * Returns the patches below `directory`, an absolute path, in the order in which they are applied. Throws one error
 * with all problems: the folder is missing, is a link, or files in it cannot be read.
 */
export async function loadPatches(files: Files, directory: string): Promise<PatchSet> {
  const paths = await walk(files, await realDirectory(files, directory));
  const readings = await Promise.all(paths.map((path) => readFile(files, path)));
  const problems = readings.flatMap((reading) => reading.problems);
  if (problems.length > 0) throw new ProblemError(problems);
  return {
    directory,
    patches: readings.flatMap((reading) => reading.patches),
    files: readings.filter((reading) => reading.patches.length > 0).map((reading) => reading.path),
    ignored: readings.flatMap((reading) => (reading.ignored === undefined ? [] : [{ file: reading.path, reason: reading.ignored }])),
    warnings: readings.flatMap((reading) => reading.warnings),
  };
}

interface FileReading extends DocumentReading {
  readonly path: string;
  readonly ignored?: IgnoredFile['reason'];
}

const nothing: DocumentReading = { patches: [], problems: [], warnings: [] };

async function readFile(files: Files, path: string): Promise<FileReading> {
  const name = readFileName(basename(path));
  if (name.is === 'ignored') return { ...nothing, path, ignored: name.reason };
  if (name.is === 'wrong') return { ...nothing, path, problems: [misnamed(path, name.reason)] };
  const text = (await files.readText(path)) ?? '';
  if (text === '') return { ...nothing, path, ignored: 'it is empty' };
  return { path, ...readDocuments(text, { target: name.target, type: name.type, file: path }) };
}

/** A link to a folder is refused, as kubeadm refuses it; `--patches` then names another folder than it seems. */
async function realDirectory(files: Files, directory: string): Promise<string> {
  const path = join(directory, '.');
  const status = await files.status(path);
  const entries = (await files.list(dirname(path))) ?? [];
  const link = entries.some((entry) => entry.name === basename(path) && entry.type === 'symlink');
  if (status?.type === 'directory' && !link) return path;
  const fault = status === undefined ? 'does not exist' : 'is not a directory';
  throw new ProblemError(
    problem('PATCHES_MISSING', {
      summary: `the folder with patches ${directory} ${fault}`,
      remedy: 'Name an existing folder with --patches or patches.directory, or leave it out.',
      where: { file: directory },
    }),
  );
}

/** Files below `directory`, each folder's entries by the bytes of their names. */
async function walk(files: Files, directory: string): Promise<readonly string[]> {
  const entries = (await files.list(directory)) ?? [];
  const paths: string[] = [];
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.type === 'directory') paths.push(...(await walk(files, path)));
    else paths.push(path);
  }
  return paths;
}

function misnamed(file: string, reason: string): Problem {
  return problem('PATCH_UNREADABLE', {
    summary: `the name of a patch file is wrong: ${reason}`,
    remedy: `Rename ${file} to target[suffix][+strategic|+merge|+json].(json|yaml).`,
    where: { file },
  });
}
