import { describe, expect, test } from 'vitest';
import { brew, pour } from './tea.cases.ts';

const words = (line: string): readonly string[] => line.split(' ');

describe('help', () => {
  test.each<[string, string]>([
    ['tea.txt', '--help'],
    ['tea-shop.txt', 'shop --help'],
    ['tea-shop-open.txt', 'shop open --help'],
    ['tea-brew.txt', 'brew --help'],
    ['tea-brew-phase.txt', 'brew phase --help'],
    ['tea-brew-phase-water.txt', 'brew phase water --help'],
    ['tea-brew-phase-water-boil.txt', 'brew phase water boil --help'],
  ])('%s is what "%s" prints on standard output', async (file, line) => {
    const result = await pour(words(line), { binding: { examples: 'tea brew --recipe earl-grey.yaml\ntea brew --dry-run' } });
    expect(result).toMatchObject({ code: 0, stderr: '', log: [] });
    await expect(result.stdout).toMatchFileSnapshot(`golden/${file}`);
  });

  test.each([
    'brew phase water -h',
    'help brew phase water',
    'brew --help phase water',
    'brew phase h2o --help pot',
    'brew phase water all --help',
  ])('"%s" is the help of the deepest command', async (line) => {
    const result = await pour(words(line));
    expect(result).toMatchObject({ code: 0, stderr: '', log: [] });
    expect(result.stdout).toContain('It has to be fresh, and just boiling.');
  });

  test('the program alone prints its help and succeeds', async () => {
    const result = await pour([]);
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout).toBe((await pour(['--help'])).stdout);
  });

  test('a container alone prints its help on standard output and fails', async () => {
    const result = await pour(['shop']);
    expect(result.code).toBe(1);
    expect(result.stdout).toBe((await pour(['shop', '--help'])).stdout);
    expect(result.stderr).toContain('subcommand is required');
  });

  test.each([60, 80, 140])('no line is longer than a terminal of %i columns', async (columns) => {
    const { stdout } = await pour(['brew', '--help'], { terminal: { columns }, environment: { NO_COLOR: '1' } });
    const prose = stdout.split('\n').filter((line) => !line.includes('tea brew ') && !/^ +--?\S/.test(line));
    for (const line of prose) expect(line.length).toBeLessThanOrEqual(columns);
  });

  test('headings are bold on a terminal, unless NO_COLOR is set', async () => {
    const terminal = { columns: 80 };
    expect((await pour(['brew', '--help'], { terminal })).stdout).toContain('\u001B[1mUsage:\u001B[22m');
    expect((await pour(['brew', '--help'], { terminal, environment: { NO_COLOR: '1' } })).stdout).not.toContain('\u001B');
    expect((await pour(['brew', '--help'])).stdout).not.toContain('\u001B');
  });

  test('the examples of selecting phases work', async () => {
    const { stdout } = await pour(['brew', '--help']);
    const lines = stdout.slice(stdout.indexOf('Selecting phases:')).split('\n').slice(1, 6);
    for (const line of lines) {
      const [command = ''] = line.trim().split(/ {2,}/);
      expect(await pour(words(command).slice(1)), command).toMatchObject({ code: 0, stderr: '' });
    }
  });

  test('children of a hidden phase are listed with their full path', async () => {
    const hidden = {
      name: 'attic',
      hidden: true,
      summary: 'x',
      phases: [{ name: 'box', summary: 'Open the box', phases: [{ name: 'lid', summary: 'Lift the lid' }] }],
    };
    const { stdout } = await pour(['brew', 'phase', '--list'], { workflow: { ...brew, phases: [hidden] } });
    expect(stdout).toBe('  attic/box  Open the box\n    /lid       Lift the lid\n');
  });
});
