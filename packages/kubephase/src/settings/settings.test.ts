import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isProblemError } from 'phaserunner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSettings } from './settings.ts';

describe('the settings file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const load = (text: string): ReturnType<typeof loadSettings> => {
    writeFileSync(join(folder, 'settings.yaml'), text);
    return loadSettings({ KUBEPHASE_SETTINGS: join(folder, 'settings.yaml') });
  };

  const problemsOf = async (text: string): Promise<readonly string[]> => {
    try {
      await load(text);
    } catch (error) {
      if (isProblemError(error))
        return error.problems.map(({ summary, where }) => `${where?.line}:${where?.column} ${where?.field ?? ''} ${summary}`);
      throw error;
    }
    return [];
  };

  const head = 'apiVersion: kubephase.dev/v1alpha1\nkind: Settings\n';

  it('may be absent', async () => {
    expect(await loadSettings({})).toEqual({ extraPhases: {} });
  });

  it('has to exist when the environment names it', async () => {
    await expect(loadSettings({ KUBEPHASE_SETTINGS: join(folder, 'none.yaml') })).rejects.toMatchObject({
      problem: { code: 'SETTINGS_UNREADABLE' },
    });
  });

  it('names modules relative to itself', async () => {
    expect(await load(`${head}extraPhases:\n  init: [./cni.mjs, /opt/more.mjs]\n`)).toEqual({
      extraPhases: { init: [join(folder, 'cni.mjs'), '/opt/more.mjs'] },
    });
  });

  it.each([
    ['no mapping', '- a', ['1:1  the settings have to be a mapping']],
    [
      'other version and kind',
      'apiVersion: v1\nkind: X\n',
      ['1:1 apiVersion apiVersion has to be kubephase.dev/v1alpha1', '2:1 kind kind has to be Settings'],
    ],
    ['unknown field', `${head}extraPhase: {}\n`, ['3:1 extraPhase unknown field extraPhase']],
    ['no list', `${head}extraPhases:\n  init: a.mjs\n`, ['4:3 extraPhases.init a list of files is expected']],
    ['unknown workflow', `${head}extraPhases:\n  inti: [a.mjs]\n`, ['4:3 extraPhases.inti there is no workflow inti; known: init']],
    ['no path', `${head}extraPhases:\n  init:\n  - a.mjs\n  - 7\n`, ['6:5 extraPhases.init.1 the path of an ES module is expected']],
  ])('reports %s with its place', async (_, text, problems) => {
    expect(await problemsOf(text)).toEqual(problems);
  });

  it('reports a syntax error with its place', async () => {
    const [found] = await problemsOf('a: [\n');
    expect(found).toMatch(/^1:5 /);
  });
});
