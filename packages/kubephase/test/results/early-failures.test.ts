/** Whatever ends a command before anything runs, programs get one document, or a last event, with the reason in it. */
import { engineCodes } from 'phaserunner';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { catalogue, describeCode, exitCodeOf } from '../../src/problems/catalogue.ts';
import type { RunDocument } from '../../src/output/run-document.ts';
import { runCommandLine } from '../fixtures/command-line.ts';
import { elsewhere, rows } from './early-failures.ts';
import { eventFaults, reportFaults } from './schemas.ts';

const named = rows.map((row) => ({ ...row, line: row.words.join(' ') }));

const codesIn = ({ problems = [] }: Pick<RunDocument, 'problems'>): readonly string[] => problems.map(({ code }) => code);

describe.each(named)('$code of "$line"', ({ code, words, ...surroundings }) => {
  it.each([
    ['json', (text: string): unknown => JSON.parse(text)],
    ['yaml', (text: string): unknown => parse(text)],
  ])('is one document as %s', async (format, read) => {
    const { code: exit, stdout, stderr } = await runCommandLine([...words, '-o', format], surroundings);
    const document = read(stdout) as RunDocument;
    expect(reportFaults(document)).toEqual([]);
    expect(document.status).toBe('failed');
    expect(codesIn(document)).toContain(code);
    expect(exit).toBe(exitCodeOf(document.problems ?? []));
    expect(stderr).toContain(`code: ${code}`);
  });

  it('is in the last event', async () => {
    const { stdout } = await runCommandLine([...words, '-o', 'jsonl'], surroundings);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Pick<RunDocument, 'problems'> & { readonly type: string });
    expect(events.flatMap(eventFaults)).toEqual([]);
    expect(events.filter(({ type }) => type === 'run-end')).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'failed' });
    // Commands without phases have no events; asking for them is the first mistake.
    const hasEvents = words[0]?.startsWith('init') || code.startsWith('ARGUMENT_');
    expect(codesIn(events.at(-1) ?? {})).toContain(hasEvents ? code : 'FLAG_VALUE_INVALID');
  });
});

it('is shown for every code of wrong input', () => {
  const early = new Set(['usage', 'configuration', 'preflight']);
  const codes = [...Object.keys(catalogue), ...Object.keys(engineCodes)].filter((code) => early.has(describeCode(code)?.exit ?? ''));
  const shown = new Set<string>([...rows.map(({ code }) => code), ...Object.keys(elsewhere)]);
  // A new code needs a row in early-failures.ts, or a reason there why it ends nothing before a run.
  expect(codes.filter((code) => !shown.has(code))).toEqual([]);
});

it('is not about codes that are shown and excused at once', () => {
  expect(rows.filter(({ code }) => code in elsewhere)).toEqual([]);
});
