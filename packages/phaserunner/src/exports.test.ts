import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const entries = {
  phaserunner: 'index.ts',
  'phaserunner/commander': 'commander/index.ts',
  'phaserunner/render': 'render/index.ts',
  'phaserunner/testing': 'testing.ts',
};

/** Names in `export { … }` and `export type { … }`, types marked as such; other forms of export are not used in entry points. */
function exportedNames(source: string): readonly string[] {
  const statements = [...source.matchAll(/^export (type )?\{([^}]*)\} from/gm)];
  expect(statements).toHaveLength(source.match(/^export\b/gm)?.length ?? 0);
  return statements.flatMap(([, type, list = '']) => {
    const names = list.split(',').map((name) => name.trim());
    return names.filter((name) => name !== '').map((name) => (type === undefined ? name : `type ${name}`));
  });
}

it('the entry points export what is committed', async () => {
  const lists = await Promise.all(
    Object.entries(entries).map(async ([entry, file]) => {
      const names = exportedNames(await readFile(new URL(file, import.meta.url), 'utf8'));
      return `${entry}\n${names
        .toSorted()
        .map((name) => `  ${name}\n`)
        .join('')}`;
    }),
  );
  await expect(lists.join('\n')).toMatchFileSnapshot('golden/exports.txt');
});

it.each(Object.values(entries))('every value that %s names is there', async (file) => {
  const names = exportedNames(await readFile(new URL(file, import.meta.url), 'utf8')).filter((name) => !name.startsWith('type '));
  const module = (await import(new URL(file, import.meta.url).href)) as Readonly<Record<string, unknown>>;
  expect(Object.keys(module).toSorted()).toEqual(names.toSorted());
});
