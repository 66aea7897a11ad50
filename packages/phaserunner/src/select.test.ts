import { describe, expect, it } from 'vitest';
import { isProblemError, type Problem } from './problems.ts';
import { selectPhases, type Selection, type SelectionPart } from './select.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

const workflow = defineWorkflow({
  name: 'demo',
  summary: 'A workflow for tests',
  phases: [
    testPhase('start', { aliases: ['begin'] }),
    testPhase('keys', { phases: [testPhase('ca', { aliases: ['authority'] }), testPhase('server')] }),
    testPhase('pods', { phases: [testPhase('server'), testPhase('scheduler')] }),
    testPhase('end', { hidden: true }),
  ],
});

const fromTest = (selection: Selection): SelectionPart => ({ ...selection, origin: 'test' });

function select(...selections: readonly Selection[]): readonly string[] {
  return [...selectPhases(workflow, selections.map(fromTest)).paths];
}

function problemsOfSelection(...parts: readonly SelectionPart[]): readonly Problem[] {
  try {
    selectPhases(workflow, parts);
  } catch (error) {
    if (isProblemError(error)) return error.problems;
    throw error;
  }
  return [];
}

const everything = ['start', 'keys', 'keys/ca', 'keys/server', 'pods', 'pods/server', 'pods/scheduler', 'end'];

describe('selectPhases', () => {
  const cases: readonly (readonly [string, Selection, readonly string[]])[] = [
    ['nothing said', {}, everything],
    ['empty lists', { only: [], skip: [] }, everything],
    ['only a leaf, without its parent', { only: ['keys/ca'] }, ['keys/ca']],
    ['only a parent, with its children', { only: ['keys'] }, ['keys', 'keys/ca', 'keys/server']],
    ['only in another order', { only: ['end', 'start'] }, ['start', 'end']],
    ['only a parent and its child', { only: ['keys/ca', 'keys'] }, ['keys', 'keys/ca', 'keys/server']],
    ['only all', { only: ['all'] }, everything],
    ['only all and one more', { only: ['all', 'end'] }, everything],
    ['only the word all of a parent', { only: ['keys/all'] }, ['keys', 'keys/ca', 'keys/server']],
    ['an alias', { only: ['begin'] }, ['start']],
    ['an alias below a parent', { only: ['keys/authority'] }, ['keys/ca']],
    ['a leading slash and blanks', { only: [' /keys/ca '] }, ['keys/ca']],
    ['a hidden phase', { only: ['end'] }, ['end']],
    ['skip a leaf', { skip: ['keys/ca'] }, everything.filter((path) => path !== 'keys/ca')],
    ['skip a parent', { skip: ['keys'] }, ['start', 'pods', 'pods/server', 'pods/scheduler', 'end']],
    ['skip wins over only', { only: ['keys'], skip: ['keys/ca'] }, ['keys', 'keys/server']],
    ['skip everything', { skip: ['start', 'keys/all', 'pods', 'end'] }, []],
    ['skip all of only', { only: ['keys'], skip: ['keys'] }, []],
    ['from a leaf, without its parent', { from: 'keys/server' }, ['keys/server', 'pods', 'pods/server', 'pods/scheduler', 'end']],
    ['until a parent, with its children', { until: 'keys' }, ['start', 'keys', 'keys/ca', 'keys/server']],
    ['until a leaf', { until: 'keys/ca' }, ['start', 'keys', 'keys/ca']],
    ['from a parent until its child', { from: 'keys', until: 'keys/ca' }, ['keys', 'keys/ca']],
    ['from a child until its parent', { from: 'keys/server', until: 'keys' }, ['keys/server']],
  ];
  it.each(cases)('%s', (_, selection, paths) => {
    expect(select(selection)).toEqual(paths);
  });

  it('lets each part restrict further', () => {
    expect(select({ only: ['keys', 'pods'] }, { skip: ['pods/server'] }, { from: 'keys/server' })).toEqual([
      'keys/server',
      'pods',
      'pods/scheduler',
    ]);
  });

  it('says for each phase left out which part did it', () => {
    const { decisions } = selectPhases(workflow, [
      { origin: '--only', only: ['keys', 'pods'] },
      { origin: 'skipPhases in demo.yaml:4:1', skip: ['pods'] },
      { origin: '--from and --until', from: 'keys/server', until: 'pods' },
    ]);
    expect(Object.fromEntries([...decisions].map(([path, decision]) => [path, decision.run ? 'runs' : decision.reason]))).toEqual({
      start: 'not selected by --only',
      keys: 'before keys/server, the start given by --from and --until',
      'keys/ca': 'before keys/server, the start given by --from and --until',
      'keys/server': 'runs',
      pods: 'skipped by skipPhases in demo.yaml:4:1',
      'pods/server': 'skipped with pods by skipPhases in demo.yaml:4:1',
      'pods/scheduler': 'skipped with pods by skipPhases in demo.yaml:4:1',
      end: 'not selected by --only',
    });
  });

  it('collects the wrong names of all parts, each with its origin and the nearest path', () => {
    const problems = problemsOfSelection(
      { origin: '--only', only: ['Start', 'keys/sever'] },
      { origin: '--skip-phases', skip: ['', 'server', 'scheduler', 'keys/ca'] },
      { origin: '--from', from: 'nothing-like-it', until: 'start/all' },
    );
    expect(problems.map(({ code, summary, remedy, where }) => [code, summary, remedy, where?.object])).toEqual([
      ['PHASE_UNKNOWN', 'invalid phase name: Start', 'write start', '--only'],
      ['PHASE_UNKNOWN', 'invalid phase name: keys/sever', 'write keys/server', '--only'],
      ['PHASE_UNKNOWN', 'invalid phase name: ""', 'write one of start, keys, pods, end, or a path below them', '--skip-phases'],
      [
        'PHASE_AMBIGUOUS',
        'invalid phase name: server: several phases are called so',
        'write the full path: keys/server or pods/server',
        '--skip-phases',
      ],
      ['PHASE_UNKNOWN', 'invalid phase name: scheduler', 'write pods/scheduler', '--skip-phases'],
      ['PHASE_UNKNOWN', 'invalid phase name: nothing-like-it', 'write one of start, keys, pods, end, or a path below them', '--from'],
      ['PHASE_UNKNOWN', 'invalid phase name: start/all', 'write start', '--from'],
    ]);
  });

  it('does not take a lone "all" for a phase to skip or to start from', () => {
    expect(problemsOfSelection({ origin: '--skip-phases', skip: ['all'] }).map(({ code }) => code)).toEqual(['PHASE_UNKNOWN']);
    expect(problemsOfSelection({ origin: '--from', from: 'all' }).map(({ code }) => code)).toEqual(['PHASE_UNKNOWN']);
  });

  it('refuses a start behind the end, also when they come from two parts', () => {
    const [problem] = problemsOfSelection({ origin: '--from', from: 'pods' }, { origin: '--until', until: 'keys/ca' });
    expect(problem).toMatchObject({
      code: 'SELECTION_CONFLICT',
      summary: 'the run would start at pods, which comes after its end keys/ca',
      where: { object: '--from and --until' },
    });
  });

  it('refuses parts that have no phase in common', () => {
    const [problem] = problemsOfSelection({ origin: '--only', only: ['keys'] }, { origin: '--from', from: 'pods' });
    expect(problem).toMatchObject({ code: 'SELECTION_EMPTY', where: { object: '--only, --from' } });
  });

  it('selects nothing of a workflow without phases', () => {
    const empty = defineWorkflow({ name: 'empty', summary: 'No phases', phases: [] });
    expect(selectPhases(empty, []).paths.size).toBe(0);
  });
});
