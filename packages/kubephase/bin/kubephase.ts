#!/usr/bin/env node
/** The executable: gives the process to `main` and ends with its exit code. */
import { writeSync } from 'node:fs';
import { quickVersion } from '../src/commands/version.ts';
import { programNameOf } from '../src/product.ts';

// In a compiled executable the script's path is virtual, and the name that was typed is the zeroth argument.
const script = process.argv[1] ?? '';
const isCompiled = script.startsWith('/$bunfs/') || script.startsWith('B:\\~BUN');
const startedAs = isCompiled ? process.argv0 : script;
const argv = process.argv.slice(2);

// `version` is what start-up is measured with, by us and by scripts that ask every node: it loads nothing else.
const version = quickVersion(argv, programNameOf(startedAs));
if (version === undefined || !isWritten(version)) void runMain();

/** Not awaited by the module: some runtimes wait for that for ever, even when nothing is left that could go on. */
async function runMain(): Promise<void> {
  // For an end that comes from elsewhere than `main`.
  process.exitCode = 1;
  const [{ main }, { standardInput, standardOutput }, { processEnd }] = await Promise.all([
    import('../src/main.ts'),
    import('../src/standard-io.ts'),
    import('../src/process-end.ts'),
  ]);
  // Taken now: code of extra phases may not end the process, a second signal may.
  const exit = processEnd();
  exit(
    await main({
      argv,
      startedAs,
      io: {
        stdin: standardInput(),
        stdout: standardOutput(1, () => process.stdout),
        stderr: standardOutput(2, () => process.stderr),
        environment: process.env,
      },
      signals: { on: process.on.bind(process), off: process.off.bind(process), exit },
      ownsProcess: true,
    }),
  );
}

/** What cannot be written at once, such as to a full disk, goes the long way, which knows what to say. */
function isWritten(text: string): boolean {
  try {
    return writeSync(1, text) === text.length;
  } catch {
    return false;
  }
}
