#!/usr/bin/env node
/** The executable: gives the process to `main` and ends with its exit code. */
import { main } from '../src/main.ts';
import { standardInput, standardOutput } from '../src/standard-io.ts';

// In a compiled executable the script's path is virtual, and the name that was typed is the zeroth argument.
const script = process.argv[1] ?? '';
const isCompiled = script.startsWith('/$bunfs/') || script.startsWith('B:\\~BUN');

process.exit(
  await main({
    argv: process.argv.slice(2),
    startedAs: isCompiled ? process.argv0 : script,
    io: {
      stdin: standardInput(),
      stdout: standardOutput(1, () => process.stdout),
      stderr: standardOutput(2, () => process.stderr),
      environment: process.env,
    },
    signals: process,
  }),
);
