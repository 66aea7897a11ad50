/**
 * Builds the executable for this machine: dist/kubephase, and dist/empty (an empty program) for comparing start-up times.
 * Needs the packages to be built (`npm run build`).
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'dist');
mkdirSync(target, { recursive: true });

// The folder in which a user stands may belong to somebody else: without these, its bunfig.toml names code that runs before ours,
// and its .env sets our variables.
const closed = ['dotenv', 'bunfig', 'tsconfig', 'package-json'].map((name) => `--no-compile-autoload-${name}`);

// Split into chunks, so that a command loads only what it imports; as one chunk, `version` took 1.3 times as long.
function compile(entry, name) {
  const output = join(target, `.${name}.new`);
  execFileSync(
    join(root, 'node_modules/.bin/bun'),
    ['build', '--compile', '--minify', '--bytecode', '--format=esm', '--splitting', ...closed, entry, '--outfile', output],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  renameSync(output, join(target, name));
  console.log(`dist/${name}  ${Math.round(statSync(join(target, name)).size / 1e6)} MB`);
}

const empty = join(target, 'empty.mjs');
writeFileSync(empty, '');
compile(empty, 'empty');
compile(join(root, 'packages/kubephase/dist/bin/kubephase.js'), 'kubephase');
