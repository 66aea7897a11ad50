/** The programs under test: the built command line on Node and, when it was built, the executable. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Program {
  readonly name: string;
  /** Executable and leading arguments. */
  readonly command: readonly string[];
  /** Why it cannot be run, when it cannot. */
  readonly missing?: string;
}

function program(name: string, file: string, command: readonly string[]): Program {
  return existsSync(file) ? { name, command } : { name, command, missing: `${file.replace(root, '')} is not built` };
}

const script = `${root}packages/kubephase/dist/bin/kubephase.js`;
const executable = `${root}dist/kubephase`;

export const programs: readonly Program[] = [
  program('node', script, [process.execPath, script]),
  program('executable', executable, [executable]),
];
