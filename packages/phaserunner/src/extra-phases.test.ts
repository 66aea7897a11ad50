import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyExtraPhases, loadExtraPhases } from './extra-phases.ts';
import { isProblemError, type Problem } from './problems.ts';
import { runWorkflow } from './run.ts';
import { testPhase } from './testing/test-phase.ts';
import { flatten } from './tree.ts';
import { defineWorkflow } from './define-workflow.ts';

const flag = { name: 'size', type: 'string', description: 'Size' } as const;
const workflow = defineWorkflow({
  name: 'demo',
  summary: 'A workflow for tests',
  flags: { size: flag, 'hidden-size': { ...flag, name: 'hidden-size' } },
  offers: ['size'],
  phases: [testPhase('first'), testPhase('group', { phases: [testPhase('one')] }), testPhase('last', { needs: ['first'] })],
});

const extra = { name: 'extra', summary: 'Extra', run: () => undefined };

async function problemsOf(work: () => unknown): Promise<readonly Problem[]> {
  try {
    await work();
  } catch (error) {
    if (isProblemError(error)) return error.problems;
    throw error;
  }
  return [];
}

describe('applyExtraPhases', () => {
  it('applies entries one after the other, with everything that a phase can have', () => {
    const full = {
      ...extra,
      aliases: ['more'],
      description: 'Long',
      example: 'demo phase extra',
      hidden: true,
      flags: [
        'size',
        { ...flag, name: 'colour', short: 'c', default: 'red', choices: ['red'], hidden: false, deprecated: 'no', placeholder: 'X' },
      ],
      args: [{ name: 'cup', description: 'Which', required: true, variadic: false }],
      needs: ['first', { name: 'a file', found: 'a file', there: () => true }],
      makes: [{ name: 'another file', found: 'another file', there: () => true }],
      include: { only: 'on Mondays', test: () => true },
      when: () => true,
      check: () => [],
      prepare: () => undefined,
      timeoutMs: 1,
      retry: { attempts: 1, delayMs: 0, factor: 2, retryable: () => true },
      cleanup: () => undefined,
      phases: [extra],
    };
    const changed = applyExtraPhases(
      workflow,
      [
        { before: 'group/one', phase: { ...extra, name: 'zero' } },
        { after: 'group/zero', phase: { ...extra, name: 'half' } },
        { append: '', phase: full },
        { replace: 'first', phase: { ...extra, name: 'first' } },
        { remove: 'group/one' },
      ],
      'extra.mjs',
    );
    expect(flatten(changed).map(({ path }) => path)).toEqual([
      'first',
      'group',
      'group/zero',
      'group/half',
      'last',
      'extra',
      'extra/extra',
    ]);
  });

  describe('on what makes a result that others need', () => {
    const key = { name: 'a key', found: 'a key under the mat', there: () => false };
    const house = defineWorkflow({
      name: 'house',
      summary: 'A workflow for tests',
      phases: [testPhase('make', { makes: [key] }), testPhase('open', { needs: [key] })],
    });

    it('has a replacement make it too', async () => {
      const changed = applyExtraPhases(house, [{ replace: 'make', phase: extra }], 'extra.mjs');
      expect(await runWorkflow(changed, { context: {} })).toMatchObject({ status: 'succeeded' });
    });

    it('refuses to take it out, with file and field', async () => {
      expect(await problemsOf(() => applyExtraPhases(house, [{ remove: 'make' }], 'extra.mjs'))).toMatchObject([
        {
          code: 'EXTRA_PHASES_INVALID',
          summary: 'extraPhases[0].remove: workflow "house": no phase but make makes a key, which open needs',
          where: { file: 'extra.mjs', field: 'extraPhases[0].remove' },
        },
      ]);
    });
  });

  it('takes the list also from an object', () => {
    const changed = applyExtraPhases(workflow, { extraPhases: [{ remove: 'group' }] }, 'extra.mjs');
    expect(flatten(changed).map(({ path }) => path)).toEqual(['first', 'last']);
  });

  const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['no list', 'before', ['extraPhases: must be a list']],
    ['an entry that is no object', [null], ['extraPhases[0]: must be an object']],
    ['an entry without an edit', [{ phase: extra }], ['extraPhases[0]: must have exactly one of before, after, replace, append, remove']],
    [
      'an entry with two edits',
      [{ before: 'first', after: 'first', phase: extra }],
      ['extraPhases[0]: must have exactly one of before, after, replace, append, remove'],
    ],
    ['an edit without a phase', [{ before: 'first' }], ['extraPhases[0].phase: is missing']],
    ['an edit at no path', [{ before: 1, phase: extra }], ['extraPhases[0].before: must be a text']],
    ['removing with a phase', [{ remove: 'group', phase: extra }], ['extraPhases[0].phase: is not a known field; known are remove']],
    ['an unknown path', [{ after: 'frist', phase: extra }], ['extraPhases[0].after: invalid phase name: frist']],
    [
      'work that is no function',
      [{ remove: 'group' }, { before: 'first', phase: { ...extra, run: 'echo' } }],
      ['extraPhases[1].phase.run: must be a function'],
    ],
    [
      'a misspelt field',
      [{ before: 'first', phase: { ...extra, sumary: 'x' } }],
      ['extraPhases[0].phase.sumary: is not a known field; did you mean summary?'],
    ],
    [
      'an inherited name as a field',
      [{ before: 'first', phase: { ...extra, constructor: 1 } }],
      ['extraPhases[0].phase.constructor: is not a known field'],
    ],
    [
      'several wrong fields',
      [
        {
          before: 'first',
          phase: { name: ' ', hidden: 'yes', timeoutMs: '1', retry: { attempts: 1 }, flags: [3], phases: [{ name: 'x' }] },
        },
      ],
      [
        'extraPhases[0].phase.summary: is missing',
        'extraPhases[0].phase.name: must be a text that is not empty',
        'extraPhases[0].phase.hidden: must be true or false',
        'extraPhases[0].phase.flags[0]: must be an object',
        'extraPhases[0].phase.timeoutMs: must be a number',
        'extraPhases[0].phase.retry.delayMs: is missing',
        'extraPhases[0].phase.phases[0].summary: is missing',
      ],
    ],
    [
      'a flag of no known type',
      [{ append: '', phase: { ...extra, flags: [{ ...flag, type: 'text' }] } }],
      ['extraPhases[0].phase.flags[0].type: must be one of string'],
    ],
    [
      'a flag name that the workflow lacks',
      [{ append: '', phase: { ...extra, flags: ['ghost'] } }],
      ['extraPhases[0].append: workflow "demo": phase extra names the flag --ghost'],
    ],
    [
      'a flag of the table that the workflow does not offer',
      [{ append: '', phase: { ...extra, phases: [{ ...extra, flags: ['size', 'hidden-size'] }] } }],
      ['extraPhases[0].phase.phases[0].flags[1]: names the flag --hidden-size, which "demo" does not have'],
    ],
    [
      'a flag of its own with the name of one of the workflow',
      [{ append: '', phase: { ...extra, flags: [flag] } }],
      ['extraPhases[0].append: workflow "demo": phase extra brings the flag --size, which the workflow has already'],
    ],
    [
      'a name that is taken',
      [{ append: '', phase: { ...extra, name: 'last' } }],
      ['extraPhases[0].append: workflow "demo": phase last has the name or alias "last"'],
    ],
    ['removing what is needed', [{ remove: 'first' }], ['extraPhases[0].remove: workflow "demo": phase last needs first']],
    [
      'several wrong entries',
      [{ remove: 'x' }, { remove: 'group' }, { remove: 'y' }],
      ['extraPhases[0].remove: invalid', 'extraPhases[2].remove: invalid'],
    ],
  ];
  it.each(cases)('refuses %s', async (_, entries, starts) => {
    const problems = await problemsOf(() => applyExtraPhases(workflow, entries, 'extra.mjs'));
    expect(problems.map(({ summary }, index) => summary.slice(0, starts[index]?.length))).toEqual(starts);
    for (const { code, where, remedy } of problems) {
      expect({ code, file: where?.file }).toEqual({ code: 'EXTRA_PHASES_INVALID', file: 'extra.mjs' });
      expect(where?.field).toMatch(/^extraPhases/);
      expect(remedy).toBeDefined();
    }
  });
});

const importNative = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);

describe('loadExtraPhases', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'phaserunner-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function fileWith(name: string, text: string): Promise<string> {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  }

  it.each([
    [
      'named.mjs',
      'export const extraPhases = [{ before: "first", phase: { name: "extra", summary: "Extra", run: (ctx) => { ctx.log.push("extra"); } } }];',
    ],
    [
      'default.mjs',
      'export default { extraPhases: [{ before: "first", phase: { name: "extra", summary: "Extra", run: (ctx) => { ctx.log.push("extra"); } } }] };',
    ],
  ])('takes the phases of %s', async (name, text) => {
    const changed = await loadExtraPhases(workflow, await fileWith(name, text), { importModule: importNative });
    const context = { log: [] as string[] };
    await runWorkflow(changed, { context, selection: [{ origin: 'test', only: ['extra'] }] });
    expect(context.log).toEqual(['extra']);
  });

  it('imports by itself when no importer is given', async () => {
    const file = await fileWith('own.mjs', 'export const extraPhases = [{ remove: "group" }];');
    expect(flatten(await loadExtraPhases(workflow, file)).map(({ path }) => path)).toEqual(['first', 'last']);
  });

  it('asks the importer for the URL of the file', async () => {
    const file = await fileWith('odd name#1.mjs', '');
    const urls: string[] = [];
    const importModule = async (url: string) => {
      urls.push(url);
      return { extraPhases: [] };
    };
    await loadExtraPhases(workflow, file, { importModule });
    expect(urls).toEqual([expect.stringMatching(/^file:\/\/\/.*\/odd%20name%231\.mjs$/)]);
  });

  it('tells wrong syntax from a failure of the module', async () => {
    const file = await fileWith('syntax.mjs', '');
    const problems = await problemsOf(() =>
      loadExtraPhases(workflow, file, { importModule: () => Promise.reject(new SyntaxError('Unexpected token')) }),
    );
    expect(problems.map(({ summary }) => summary)).toEqual([`${file} is not a valid ES module: Unexpected token`]);
  });

  it.each([
    ['missing.mjs', undefined, /^cannot read the file with extra phases .*missing\.mjs$/],
    ['empty.mjs', 'export const other = 1;', /empty\.mjs exports no extra phases$/],
    ['throws.mjs', 'throw new Error("no luck");', /throws\.mjs failed while it was loaded: no luck$/],
    ['import.mjs', 'import "./not-there.mjs";', /import\.mjs failed while it was loaded: Cannot find module/],
    ['content.mjs', 'export default [{ remove: "nothing" }];', /^extraPhases\[0\]\.remove: invalid phase name: nothing$/],
  ])('refuses %s', async (name, text, summary) => {
    const file = text === undefined ? join(folder, name) : await fileWith(name, text);
    const problems = await problemsOf(() => loadExtraPhases(workflow, file, { importModule: importNative }));
    expect(problems).toMatchObject([{ code: 'EXTRA_PHASES_INVALID', summary: expect.stringMatching(summary), where: { file } }]);
  });
});
