/** The reference pages in `docs/reference` are those that the program makes. `npm run update:docs` renews them. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { referencePages } from './pages.ts';

const folder = fileURLToPath(new URL('../../../../docs/reference', import.meta.url));
const pages = await referencePages();

describe('the reference', () => {
  it.each([...pages.keys()])('page %s is up to date', async (path) => {
    await expect(pages.get(path)).toMatchFileSnapshot(join(folder, path));
  });

  it('has no page that the program does not make', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)));
    expect(files.filter((file) => !pages.has(file))).toEqual([]);
  });
});
