/** What help, version and completion load: names and texts, never the work. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';

const recorder = fileURLToPath(new URL('record-modules.mjs', import.meta.url));
const [node] = programs;

/** Modules that are loaded for `args`, without the recorder's own. */
function loadedModules(args: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'modules-'));
  try {
    const record = join(folder, 'modules');
    const [file = '', ...leading] = node?.command ?? [];
    execFileSync(file, ['--import', recorder, ...leading, ...args], {
      env: { ...process.env, RECORD_MODULES: record, KUBEPHASE_SETTINGS: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return [...new Set(readFileSync(record, 'utf8').split('\n'))].filter((url) => url !== '' && !url.startsWith('data:'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Work: parsers, schemas, cryptography, clients, and everything of ours that computes contents. */
const work = [
  /node_modules\/(?!commander\/)/,
  /node:(crypto|https?|http2|tls|net)$/,
  /kubephase\/dist\/src\/(core|formats|operations|host|clients|config|preflight|output|releases)\//,
  /kubephase\/dist\/src\/(run\/(admin|input|open|ports|selection)|settings\/parse|commands\/.*open)\.js/,
  /phaserunner\/dist\/(run|graph)\.js/,
];

const commands = [
  ['version'],
  ['version', '-o', 'json'],
  ['--help'],
  ['init', '--help'],
  ['init', 'phase', '--help'],
  ['init', 'phase', 'certs', '--help'],
  ['init', 'phase', 'certs', 'apiserver', '--help'],
  ['token', '--help'],
  ['preflight', '--help'],
  ['preflight', 'list', '--help'],
  ['preflight', 'run', '--help'],
  ['preflight', 'explain', '--help'],
];

describe('start-up', () => {
  it.for(commands.map((args) => ({ name: args.join(' '), args })))('$name loads no work', ({ args }, context) => {
    if (node?.missing !== undefined) context.skip(node.missing);
    const loaded = loadedModules(args);
    expect(loaded.filter((url) => work.some((pattern) => pattern.test(url)))).toEqual([]);
    expect(loaded.length).toBeGreaterThan(1);
  });

  it('version loads nothing but itself', (context) => {
    if (node?.missing !== undefined) context.skip(node.missing);
    const files = loadedModules(['version']).filter((url) => url.startsWith('file:'));
    expect(files.map((url) => url.replace(/.*\/dist\//, '')).sort()).toEqual([
      'bin/kubephase.js',
      'src/commands/version.js',
      'src/product.js',
    ]);
  });
});
