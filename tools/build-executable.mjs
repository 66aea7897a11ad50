/**
 * Builds the executable for this machine: dist/kubephase. Needs the packages to be built (`npm run build`).
 * With `--baseline` also dist/empty, an empty program with which `npm run bench` compares start-up times; otherwise there is none.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'dist');
mkdirSync(target, { recursive: true });

// Split into chunks, so that a command loads only what it imports; as one chunk, `version` took 1.3 times as long.
function compile(entry, name) {
  const output = join(target, `.${name}.new`);
  execFileSync(
    join(root, 'node_modules/.bin/bun'),
    ['build', '--compile', '--minify', '--bytecode', '--format=esm', '--splitting', entry, '--outfile', output],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  renameSync(output, join(target, name));
  console.log(`dist/${name}  ${Math.round(statSync(join(target, name)).size / 1e6)} MB`);
}

function compileEmpty() {
  const source = join(target, 'empty.mjs');
  writeFileSync(source, '');
  try {
    compile(source, 'empty');
  } finally {
    rmSync(source);
  }
}

const baseline = join(target, 'empty');
rmSync(baseline, { force: true });
if (process.argv.includes('--baseline')) compileEmpty();
compile(join(root, 'packages/kubephase/dist/bin/kubephase.js'), 'kubephase');
