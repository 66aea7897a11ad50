#!/usr/bin/env node
/** The executable: gives the process to `main` and ends with its exit code. */
import { quickVersion } from '../src/commands/version.ts';
import { programNameOf } from '../src/product.ts';

// In a compiled executable the script's path is virtual, and the name that was typed is the zeroth argument.
const script = process.argv[1] ?? '';
const isCompiled = script.startsWith('/$bunfs/') || script.startsWith('B:\\~BUN');
const startedAs = isCompiled ? process.argv0 : script;
const argv = process.argv.slice(2);

// `version` is what start-up is measured with, by us and by scripts that ask every node: it loads nothing else.
const version = quickVersion(argv, programNameOf(startedAs));
if (version !== undefined) {
  console.log(version.trimEnd());
} else {
  const [{ main }, { standardInput, standardOutput }, { endProcess }] = await Promise.all([
    import('../src/main.ts'),
    import('../src/standard-io.ts'),
    import('../src/process-end.ts'),
  ]);
  endProcess(
    await main({
      argv,
      startedAs,
      io: {
        stdin: standardInput(),
        stdout: standardOutput(1, () => process.stdout),
        stderr: standardOutput(2, () => process.stderr),
        environment: process.env,
      },
      signals: {
        on: (signal, handler) => process.on(signal, handler),
        off: (signal, handler) => process.off(signal, handler),
        exit: endProcess,
      },
    }),
  );
}
