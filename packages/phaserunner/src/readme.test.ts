import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { brew, coffee } from '../examples/coffee.ts';
import { applyExtraPhases } from './extra-phases.ts';
import { runWorkflow } from './run.ts';
import { recordEvents } from './testing/record-events.ts';
import { flatten } from './tree.ts';

const here = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

async function order(...words: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  let output = '';
  const stream = {
    write: (text: string) => {
      output += text;
    },
  };
  const code = await coffee(words, { io: { stdout: stream, stderr: stream, environment: {} } });
  return { code, output };
}

describe('the example of the README', () => {
  it('is the file in examples/', async () => {
    const [readme, example] = await Promise.all([here('../README.md'), here('../examples/coffee.ts')]);
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
  });

  it('brews coffee', async () => {
    const recorder = recordEvents();
    const result = await runWorkflow(brew, { context: { cups: 1 }, listeners: [recorder.listener] });
    expect(result.status).toBe('succeeded');
    expect(recorder.text()).toMatchInlineSnapshot(`
      "run-start brew: 5 of 6
      phase-start water/fill 1/5
      message water/fill info: the kettle is full
      phase-end water/fill succeeded
      phase-start water/boil 2/5
      message water/boil info: the water boils
      phase-end water/boil succeeded
      phase-start grind 3/5
      message grind info: ground 8 g of beans
      phase-end grind succeeded
      phase-start pour 4/5
      message pour info: the coffee is ready
      phase-end pour succeeded
      phase-skip tidy condition: one cup does not fill the sink
      run-end succeeded"
    `);
  });

  it.each([
    ['brew', ['water/fill', 'water/boil', 'grind', 'pour']],
    ['brew phase water', ['water/fill', 'water/boil']],
    ['brew phase water fill', ['water/fill']],
    ['brew --only water,grind', ['water/fill', 'water/boil', 'grind']],
    ['brew --skip-phases tidy', ['water/fill', 'water/boil', 'grind', 'pour']],
    ['brew --from grind --until pour', ['grind', 'pour']],
  ])('runs as "coffee %s" what the README says', async (words, paths) => {
    const { code, output } = await order(...words.split(' '));
    expect([...output.matchAll(/^\[(.*?)\] (?!succeeded|time:)/gm)].map(([, path]) => path)).toEqual(paths);
    expect(code).toBe(0);
  });

  it('passes the flag on to the phases', async () => {
    expect((await order('brew', '--cups', '5')).output).toContain('[grind] ground 40 g of beans');
  });

  it('says what is wrong with a name', async () => {
    const { code, output } = await order('brew', '--skip-phases', 'tdy');
    expect(output).toContain('invalid phase name: tdy');
    expect(output).toContain('write tidy');
    expect(code).toBe(1);
  });
});

it('the extra phase of the README fits into the example', async () => {
  const [, code = ''] = /```js\nexport const extraPhases = ([^]*?);\n```/.exec(await here('../README.md')) ?? [];
  // The text is our own documentation.
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
  const entries: unknown = new Function(`return ${code}`)();
  const paths = flatten(applyExtraPhases(brew, entries, 'README.md')).map(({ path }) => path);
  expect(paths).toEqual(['water', 'water/fill', 'water/boil', 'grind', 'weigh', 'pour', 'tidy']);
});
