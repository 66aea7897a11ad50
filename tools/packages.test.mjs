/** What would be published: `npm pack` is asked, and its list compared with what the packages promise. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const names = ['phaserunner', 'kubephase'];

function read(...path) {
  return readFileSync(join(root, ...path), 'utf8');
}

/** Paths of the files in the package. */
function packed(folder) {
  const options = { cwd: join(root, folder), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
  const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], options));
  return files.map(({ path }) => path);
}

/** Every path that the manifest names as a way into the package. */
function targets({ exports, bin = {} }) {
  const leaves = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(leaves));
  return [...leaves(exports), ...leaves(bin)].map((path) => posix.normalize(path));
}

describe.each(names)('the package %s', (name) => {
  const folder = `packages/${name}`;
  const manifest = JSON.parse(read(folder, 'package.json'));
  const isBuilt = existsSync(join(root, folder, 'dist'));
  const files = isBuilt ? packed(folder) : [];

  it('says under which terms, and what it is', () => {
    expect(manifest.license).toBe('Apache-2.0');
    expect(manifest.description).toMatch(/\w/);
    expect(read(folder, 'LICENSE')).toBe(read('LICENSE'));
    expect(read(folder, 'README.md')).toMatch(/^# /);
  });

  it('has types for every way in', () => {
    for (const way of Object.values(manifest.exports)) expect(Object.keys(way)).toEqual(['types', 'default']);
  });

  it('holds what its manifest names, its terms and its README', (context) => {
    if (!isBuilt) context.skip(`${folder} is not built`);
    expect([...targets(manifest), 'LICENSE', 'README.md'].filter((path) => !files.includes(path))).toEqual([]);
  });

  it('holds no tests, no state of the compiler, and no maps to sources that are not there', (context) => {
    if (!isBuilt) context.skip(`${folder} is not built`);
    const unwanted = /\.(test|test-d|cases)\.|\.tsbuildinfo$|\.map$|(^|\/)(test|golden)\/|^src\//;
    expect(files.filter((path) => unwanted.test(path))).toEqual([]);
    const scripts = files.filter((path) => /\.(js|d\.ts)$/.test(path));
    expect(scripts.length).toBeGreaterThan(50);
    expect(scripts.filter((path) => read(folder, path).includes('sourceMappingURL='))).toEqual([]);
  });

  it('imports nothing that it does not hold', (context) => {
    if (!isBuilt) context.skip(`${folder} is not built`);
    const imports = files
      .filter((path) => path.endsWith('.js'))
      .flatMap((path) =>
        [...read(folder, path).matchAll(/(?:from|import\()\s*['"](\.[^'"]+)['"]/g)].map(([, other]) =>
          posix.join(posix.dirname(path), other),
        ),
      );
    expect([...new Set(imports)].filter((path) => !files.includes(path))).toEqual([]);
  });
});
