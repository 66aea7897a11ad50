/** The patches of a run: read from their folder, applied, and told to the user. */
import { basename, join } from 'node:path/posix';
import { isProblemError, ProblemError, type Problem, type Task } from 'phaserunner';
import { applyPatches, describeApplied, problemsOfPatches } from '../core/patches/apply.ts';
import { noPatches, type IgnoredFile, type PatchSet, type PatchTarget } from '../core/patches/patch.ts';
import { readDocuments, readFileName, type DocumentReading } from '../core/patches/read.ts';
import type { Mapping } from '../formats/data/mapping.ts';
import type { Files } from '../host/port.ts';
import { problem } from '../problems/catalogue.ts';

type Listener = Pick<Task, 'message' | 'warn'>;

/** What phases do with the patches of their run. The folder is read once, when it is first needed. */
export interface Patches {
  /** What applying those of `target` to `object` would report; also what keeps them from being read. */
  check(target: PatchTarget, object: Mapping): Promise<readonly Problem[]>;
  /** Returns `object` after those of `target`, without a word. @throws ProblemError when they cannot be read or applied */
  preview<T extends Mapping>(target: PatchTarget, object: T): Promise<T>;
  /** The same, and tells the user which ones were applied; the first call of a run also tells what is in the folder. */
  apply<T extends Mapping>(change: { readonly target: PatchTarget; readonly object: T }, task: Listener): Promise<T>;
}

/** @param directory absolute path; undefined when the configuration names none */
export function createPatches(files: Files, directory: string | undefined): Patches {
  let reading: Promise<PatchSet> | undefined;
  let described = false;
  const read = (): Promise<PatchSet> => (reading ??= directory === undefined ? Promise.resolve(noPatches) : loadPatches(files, directory));
  return {
    check: async (target, object) => {
      try {
        return await problemsOfPatches(await read(), target, object);
      } catch (error) {
        if (isProblemError(error)) return error.problems;
        throw error;
      }
    },
    preview: async (target, object) => (await applyPatches(await read(), target, object)).object as typeof object,
    apply: async ({ target, object }, task) => {
      const set = await read();
      if (!described) describe(set, task);
      described = true;
      const patched = await applyPatches(set, target, object);
      for (const patch of patched.applied) task.message(describeApplied(patch));
      for (const warning of patched.warnings) task.warn(warning);
      return patched.object as typeof object;
    },
  };
}

function describe(set: PatchSet, task: Listener): void {
  if (set.directory === undefined) return;
  task.message(`patches are read from "${set.directory}"`);
  if (set.files.length > 0) task.message(`patch files: ${set.files.join(', ')}`);
  for (const { file, reason } of set.ignored) task.message(`ignored "${file}": ${reason}`);
  for (const warning of set.warnings) task.warn(warning);
}

/**
 * Returns the patches below `directory`, an absolute path, in the order in which they are applied. Throws one error
 * with all problems: the folder is missing, or files in it cannot be read.
 */
export async function loadPatches(files: Files, directory: string): Promise<PatchSet> {
  const paths = await walk(files, await existingDirectory(files, directory));
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

/** A link to a folder is followed: what was meant is plain, and folders of releases are often named by one. */
async function existingDirectory(files: Files, directory: string): Promise<string> {
  const path = join(directory, '.');
  const status = await files.status(path);
  if (status?.type === 'directory') return path;
  const fault = status === undefined ? 'does not exist' : 'is not a directory';
  throw new ProblemError(
    problem('PATCHES_MISSING', {
      summary: `the folder with patches ${directory} ${fault}`,
      remedy: 'Name an existing folder with --patches or patches.directory, or leave it out.',
      where: { file: directory },
    }),
  );
}

/**
 * Files below `directory`, each folder's entries by the bytes of their names. A mounted ConfigMap keeps its files in a folder
 * whose name begins with two dots, and has a link to each of them: those links are what is meant.
 */
async function walk(files: Files, directory: string): Promise<readonly string[]> {
  const entries = (await files.list(directory)) ?? [];
  const paths: string[] = [];
  for (const entry of entries.filter(({ name }) => !name.startsWith('..'))) {
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
