import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { engineCodes, usageCodes } from 'phaserunner';
import { describe, expect, it } from 'vitest';
import { catalogue, codeTables, describeCode, exitCodeOf, type ProblemCode } from './catalogue.ts';

const source = fileURLToPath(new URL('..', import.meta.url));
const modules = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test|\.cases)\.ts$/.test(name));

describe('problem codes', () => {
  it('no code stands in two tables', () => {
    const codes = codeTables.flatMap((table) => Object.keys(table));
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
    expect(Object.keys(catalogue).sort()).toEqual(codes.sort());
  });

  it('the engine and its command line are part of the catalogue', () => {
    for (const [code, meaning] of Object.entries({ ...engineCodes, ...usageCodes })) expect(describeCode(code)?.meaning).toBe(meaning);
  });

  it('only the catalogue makes problems, so that every code is a typed one', () => {
    const makers = modules.filter((name) => {
      const text = readFileSync(`${source}${name}`, 'utf8');
      return /import[^;]*\bproblemsOf\b[^;]*from 'phaserunner'/.test(text) || /new ProblemError\(\s*\{/.test(text);
    });
    expect(makers).toEqual(['problems/catalogue.ts']);
  });

  it.each<[ProblemCode, number]>([
    ['COMMAND_FAILED', 1],
    ['PROGRAM_FAILED', 5],
    ['FLAG_UNKNOWN', 2],
    ['PHASE_TIMED_OUT', 7],
    ['PHASE_FAILED', 1],
  ])('%s ends the program with %i', (code, exit) => {
    expect(exitCodeOf([{ code, summary: '' }])).toBe(exit);
  });

  it('a code of an extra phase is a plain failure, also one that objects have by birth', () => {
    for (const code of ['KETTLE_BROKEN', 'constructor']) expect(exitCodeOf([{ code, summary: '' }])).toBe(1);
  });
});
