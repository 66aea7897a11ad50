import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, expectTypeOf, test } from 'vitest';
import { Command } from 'commander';
import { defineFlags } from '../flags.ts';
import { ProblemError } from '../problems.ts';
import { defineWorkflow } from '../define-workflow.ts';
import { bindWorkflow } from './bind.ts';
import { runProgram } from './program.ts';
import { pour, teaProgram, type Tea, type TeaOptions } from './tea.cases.ts';

function recorded() {
  let written = '';
  const stream = { write: (part: string) => void (written += part) };
  return { io: { stdout: stream, stderr: stream, environment: {} }, text: () => written };
}

function throwNow(): never {
  throw new Error('no paper');
}

const all = ['preflight', 'water', 'water/fill', 'water/boil', 'wait', 'cup'];

describe('selection on the main command', () => {
  test.each<[string, string[]]>([
    ['brew', all],
    ['brew --only water/fill,cup', ['water/fill', 'cup']],
    ['brew --only cup --only water/fill', ['water/fill', 'cup']],
    ['brew --only=h2o', ['water', 'water/fill', 'water/boil']],
    ['brew --only water/all', ['water', 'water/fill', 'water/boil']],
    ['brew --skip-phases water,wait', ['preflight', 'cup']],
    ['brew --skip water --skip-phases=wait', ['preflight', 'cup']],
    ['brew --skip-phases=', all],
    ['brew --from water/boil', ['water/boil', 'wait', 'cup']],
    ['brew --until water', ['preflight', 'water', 'water/fill', 'water/boil']],
    ['brew --from water --until wait --skip water/fill', ['water', 'water/boil', 'wait']],
  ])('%s', async (line, log) => {
    expect(await pour(line.split(' '))).toMatchObject({ code: 0, log, stderr: '' });
  });

  test('reports all wrong names of all flags together, before the context is made', async () => {
    const result = await pour(['brew', '--only', 'watr,cup', '--skip', 'h2o/fil', '--from', 'cups']);
    expect(result).toMatchObject({ code: 1, log: [], invocations: [], stdout: '' });
    expect(result.stderr).toContain('3 problems');
    for (const text of [
      'invalid phase name: watr',
      'invalid phase name: h2o/fil',
      'invalid phase name: cups',
      'write water',
      'write cup',
    ]) {
      expect(result.stderr).toContain(text);
    }
  });

  test('does not take an empty --only for everything', async () => {
    const result = await pour(['brew', '--only', '']);
    expect(result).toMatchObject({ code: 1, log: [] });
    expect(result.stderr).toContain('--only names no phase');
  });

  test('refuses an argument, with words that users of such tools know', async () => {
    const result = await pour(['brew', 'pot']);
    expect(result).toMatchObject({ code: 1, log: [] });
    expect(result.stderr).toContain('unknown command "pot" for "tea brew"');
  });
});

describe('sub-commands of phases', () => {
  test.each<[string, string[]]>([
    ['brew phase preflight', ['preflight']],
    ['brew phase water', ['water', 'water/fill', 'water/boil']],
    ['brew phase water all', ['water', 'water/fill', 'water/boil']],
    ['brew phase water fill', ['water/fill']],
    ['brew phases water fill', ['water/fill']],
    ['brew phase h2o fill', ['water/fill']],
    ['brew phase water/fill', ['water/fill']],
    ['brew phase water/fill cup', ['water/fill', 'cup']],
    ['brew phase --only water/fill,cup', ['water/fill', 'cup']],
    ['brew phase water/fill --only cup', ['water/fill', 'cup']],
    ['brew phase /wait', ['wait']],
    ['brew phase all', all],
    ['brew phase --skip water', ['preflight', 'wait', 'cup']],
    ['brew phase --from wait', ['wait', 'cup']],
  ])('%s', async (line, log) => {
    expect(await pour(line.split(' '))).toMatchObject({ code: 0, log, stderr: '' });
  });

  test('a sub-command followed by another phase says how several are run', async () => {
    const result = await pour(['brew', 'phase', 'cup', 'water/fill']);
    expect(result).toMatchObject({ code: 1, log: [] });
    expect(result.stderr).toContain('unknown command "water/fill" for "tea brew phase cup"');
    expect(result.stderr).toContain('tea brew phase --only cup,water/fill');
  });

  test.each([
    ['brew water', 'one phase is run with: tea brew phase water'],
    ['brew h2o boil', 'one phase is run with: tea brew phase water boil'],
    ['brew water/boil', 'one phase is run with: tea brew phase water boil'],
    ['brew water cup', 'several phases are run with: tea brew phase --only water,cup'],
    ['brew my.yaml', 'did you mean --recipe my.yaml?'],
    ['brew --reci x', 'did you mean --recipe?'],
    ['brew phase cup --degrees 80', 'phase water/boil takes it'],
    ['brew phase cup --recipe x', 'phases water/fill, water/boil take it'],
  ])('"%s" is answered with: %s', async (line, remedy) => {
    const result = await pour(line.split(' '));
    expect(result).toMatchObject({ code: 1, log: [] });
    expect(result.stderr).toContain(`remedy: ${remedy}`);
  });

  test('a hidden phase has no sub-command but is known by its name', async () => {
    expect((await pour(['brew', 'phase', '--help'])).stdout).not.toContain('wait');
    expect(await pour(['brew', 'phase', 'wait'])).toMatchObject({ code: 0, log: ['wait'] });
  });

  test('"phase" alone prints its help and fails', async () => {
    const result = await pour(['brew', 'phase']);
    expect(result).toMatchObject({ code: 1, log: [], invocations: [] });
    expect(result.stdout).toContain('Phases of "brew"');
    expect(result.stderr).toContain('subcommand is required: name a phase');
  });

  test('unknown words are reported all at once, with suggestions', async () => {
    const result = await pour(['brew', 'phase', 'watr', 'cup', 'water/bol']);
    expect(result).toMatchObject({ code: 1, log: [] });
    expect(result.stderr).toContain('unknown command "watr" for "tea brew phase"');
    expect(result.stderr).toContain('unknown command "water/bol" for "tea brew phase"');
    expect(result.stderr).toContain('write water/boil');
  });
});

describe('selection on the sub-command of a phase', () => {
  test.each<[string, string[]]>([
    ['--skip-phases boil', ['water', 'water/fill']],
    ['--skip-phases water/boil', ['water', 'water/fill']],
    ['--skip h2o/boil', ['water', 'water/fill']],
    ['--only fill', ['water/fill']],
    ['--only all', ['water', 'water/fill', 'water/boil']],
    ['--only fill,/water/boil', ['water/fill', 'water/boil']],
    ['--from boil', ['water/boil']],
    ['--until fill', ['water', 'water/fill']],
    ['--only fill,boil --skip fill', ['water/boil']],
    ['--skip water', []],
  ])('brew phase water %s', async (flags, log) => {
    for (const words of ['brew phase water', 'brew phase h2o all'])
      expect(await pour([...words.split(' '), ...flags.split(' ')])).toMatchObject({ code: 0, log, stderr: '' });
  });

  test('names are those below the phase; all wrong ones are reported together', async () => {
    const result = await pour('brew phase water --only bol,cup --skip-phases wter/fill --from nothing-like-it'.split(' '));
    expect(result).toMatchObject({ code: 1, log: [], invocations: [] });
    for (const text of [
      '4 problems',
      'invalid phase name: bol',
      'write water/boil',
      'cup is no part of "brew phase water"',
      'write water/fill',
      'write one of water/fill, water/boil, or a path below them',
    ])
      expect(result.stderr).toContain(text);
  });

  test('the hint how to go on and the invocation have full paths', async () => {
    const result = await pour('brew phase water --only fill,boil --skip-phases fill --until boil'.split(' '), { broken: 'water/boil' });
    expect(result.stderr).toContain(
      'to go on: tea brew phase --only water/fill,water/boil --skip-phases water/fill --until water/boil --from water/boil\n',
    );
    expect(result.invocations[0]).toMatchObject({ phase: 'water', given: { 'skip-phases': ['water/fill'] } });
  });

  test('an empty --only is not everything, and a phase without others in it takes none', async () => {
    expect((await pour(['brew', 'phase', 'water', '--only='])).stderr).toContain('--only names no phase');
    expect((await pour(['brew', 'phase', 'cup', '--only', 'cup'])).stderr).toContain('unknown flag: --only');
  });
});

describe('flags of sub-commands', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['brew', ['recipe', 'sugar', 'token', 'dry-run', 'milk', 'only', 'skip-phases', 'house'], ['degrees', 'list']],
    ['brew phase preflight', ['dry-run', 'output', 'v', 'house'], ['recipe', 'sugar', 'only', 'degrees']],
    ['brew phase water', ['recipe', 'dry-run', 'sugar', 'degrees'], ['token', 'milk']],
    ['brew phase water boil', ['recipe', 'sugar', 'degrees'], ['dry-run']],
    ['brew phase water/fill cup', ['recipe', 'dry-run', 'sugar', 'only'], ['degrees', 'token']],
    ['brew phase --only cup', ['sugar'], ['recipe', 'degrees']],
  ])('%s takes what its phases name', async (line, present, absent) => {
    const [invocation] = (await pour(line.split(' '))).invocations;
    expect([...(invocation?.defined ?? [])]).toEqual(expect.arrayContaining([...present]));
    for (const name of absent) expect(invocation?.defined.has(name)).toBe(false);
  });

  test('a flag that the sub-command does not name is unknown, although a parent has it', async () => {
    const result = await pour(['brew', 'phase', 'cup', '--dry-run']);
    expect(result).toMatchObject({ code: 1, log: [] });
    expect(result.stderr).toContain('unknown flag: --dry-run');
  });

  test('a flag that none of several phases takes is refused', async () => {
    const result = await pour(['brew', 'phase', 'water/fill', 'cup', '--degrees', '80', '--sugar=1']);
    expect(result).toMatchObject({ code: 1, log: [], invocations: [] });
    expect(result.stderr).toContain('unknown flag: --degrees');
    expect(result.stderr).not.toContain('--sugar');
  });

  test('those that every phase has are taken by a phase that names none', async () => {
    const binding = { phaseFlags: ['recipe'] as const };
    const typed = ['brew phase cup --recipe a.yaml', 'brew phase --only cup --recipe a.yaml', 'brew phase water fill --recipe a.yaml'];
    for (const line of typed) {
      const [invocation] = (await pour(line.split(' '), { binding })).invocations;
      expect(invocation?.flags).toEqual(expect.objectContaining({ recipe: 'a.yaml' }));
    }
  });

  test('values have defaults filled in; what was given is told apart', async () => {
    const [invocation] = (await pour(['brew', '--recipe', 'r.yaml', '--dry-run=false', '--house', 'h'])).invocations;
    expect(invocation?.given).toEqual({ recipe: 'r.yaml', 'dry-run': false, house: 'h' });
    expect(invocation?.flags).toEqual({ recipe: 'r.yaml', 'dry-run': false, house: 'h', sugar: 2 });
  });

  test('a flag that the workflow does not offer is left out, wherever phases name it', async () => {
    for (const line of ['brew --lemon', 'brew phase water fill --lemon', 'brew phase water/fill --lemon']) {
      expect((await pour(line.split(' '))).stderr).toContain('unknown flag: --lemon');
    }
    const { stdout } = await pour(['brew', 'phase', '--list', '-o', 'json']);
    expect(stdout).not.toContain('lemon');
  });

  test('a phase gets the default of a flag that it brings itself, or the value given', async () => {
    expect((await pour(['brew', 'phase', 'water', 'boil'])).stdout).toContain('[water/boil] boiled at 96 degrees');
    expect((await pour(['brew', 'phase', 'water', 'boil', '--degrees=80'])).stdout).toContain('[water/boil] boiled at 80 degrees');
  });

  test('a deprecated flag works and warns on standard error', async () => {
    const result = await pour(['brew', '--milk', '--only', 'cup']);
    expect(result).toMatchObject({ code: 0, log: ['cup'], stderr: 'warning: flag --milk is deprecated: drink it black\n' });
  });

  test('all wrong values are reported together', async () => {
    const result = await pour(['brew', '--sugar', 'two', '-v', 'loud', '-o', 'xml']);
    expect(result).toMatchObject({ code: 1, log: [], invocations: [] });
    expect(result.stderr).toContain('3 problems');
    expect(result.stderr).toContain('must be one of text, tree, plain, jsonl, json');
  });
});

describe('arguments of phases', () => {
  test.each<[string, readonly string[]]>([
    ['brew phase water boil left', ['left']],
    ['brew phase water left', ['left']],
    ['brew phase water/boil cup left', ['left']],
    ['brew phase cup', []],
  ])('%s', async (line, args) => {
    const result = await pour(line.split(' '));
    expect(result.code).toBe(0);
    expect(result.invocations[0]?.args).toEqual(args);
  });

  test('more than a phase takes are refused', async () => {
    const result = await pour(['brew', 'phase', 'water', 'boil', 'left', 'right']);
    expect(result).toMatchObject({ code: 1, log: [] });
    expect(result.stderr).toContain('accepts at most 1 arg(s), received 2');
  });

  test('the main command takes those of its binding', async () => {
    const binding = { args: [{ name: 'pot', description: 'Pot to use', required: true }] };
    expect((await pour(['brew', 'blue'], { binding })).invocations[0]?.args).toEqual(['blue']);
    const missing = await pour(['brew'], { binding });
    expect(missing.stderr).toContain('argument pot of "tea brew" is missing');
  });
});

describe('the invocation', () => {
  test('says which command was typed, what it selects, and how to show it', async () => {
    const { invocations } = await pour(['brew', 'phases', 'h2o', 'boil', '-v=2', '-o', 'plain']);
    expect(invocations[0]).toMatchObject({
      workflow: 'brew',
      words: ['tea', 'brew', 'phase', 'water', 'boil'],
      phase: 'water/boil',
      selection: [{ origin: 'tea brew phase water boil', only: ['water/boil'] }],
      output: 'plain',
      verbosity: 2,
    });
  });

  test('names the flag that each part of the selection comes from', async () => {
    const { invocations } = await pour(['brew', '--only', 'water,cup', '--skip', 'cup', '--until', 'water']);
    expect(invocations[0]?.selection).toEqual([
      { origin: '--only', only: ['water', 'cup'] },
      { origin: '--skip-phases', skip: ['cup'] },
      { origin: '--until', until: 'water' },
    ]);
  });
});

describe('the names of flags', () => {
  test.each(['only', 'skip', 'from', 'output', 'list', 'help'])('that every command of a workflow has are refused: --%s', (name) => {
    const workflow = defineWorkflow({
      name: 'stir',
      summary: 'Stir',
      phases: [{ name: 'a', summary: 'A', flags: [{ name, type: 'boolean', description: 'Own' }] }],
    });
    expect(() => bindWorkflow(new Command('stir'), workflow, { open: () => ({ context: {} }) })).toThrow(
      `workflow "stir" has the flag --${name}, which all commands of a workflow have`,
    );
  });
});

describe('the binding', () => {
  test('may add to the selection', async () => {
    const log: string[] = [];
    const context: Tea = { log };
    const selection = [{ origin: 'skipPhases in r.yaml', skip: ['water'] }];
    const result = await pour(['brew', '--skip', 'cup'], { binding: { open: () => ({ context, selection }) } });
    expect(result.code).toBe(0);
    expect(log).toEqual(['preflight', 'wait']);
  });

  test('sees the result at the end and may choose the exit code', async () => {
    const seen: unknown[] = [];
    const end = (result: { readonly status: string }) => {
      seen.push(result.status);
      return result.status === 'failed' ? 42 : undefined;
    };
    const open = (broken?: string) => ({ binding: { open: () => ({ context: { log: [], broken }, end }) } });
    expect((await pour(['brew'], open())).code).toBe(0);
    expect((await pour(['brew'], open('cup'))).code).toBe(42);
    expect(seen).toEqual(['succeeded', 'failed']);
  });

  test.each([
    ['its document cannot be made', { document: () => throwNow() }, 'succeeded'],
    ['the run breaks off', { selection: 5 as never }, 'failed'],
  ])('is told of the end when %s', async (_, parts, status) => {
    const ends: string[] = [];
    const open = () => ({ context: { log: [] }, ...parts, end: (result: { readonly status: string }) => void ends.push(result.status) });
    const result = await pour(['brew', '--only', 'cup', '-o', 'json'], { binding: { open } });
    expect({ failed: result.code !== 0, ends }).toEqual({ failed: true, ends: [status] });
  });

  test('passes notices, listeners and scope to the run', async () => {
    const events: string[] = [];
    const log: string[] = [];
    const binding = {
      open: () => ({
        context: { log: [] },
        notices: [{ level: 'warning', text: 'kettle is old' } as const],
        listeners: [(event: { readonly type: string }) => void events.push(event.type)],
        scope: () => ({ log }),
      }),
    };
    const result = await pour(['brew', '--only', 'cup'], { binding });
    expect(result.stderr).toContain('kettle is old');
    expect(events).toContain('run-end');
    expect(log).toEqual(['cup']);
  });

  test('shows only the flags that it lists', async () => {
    const result = await pour(['brew', '--recipe', 'x'], { binding: { flags: ['sugar'] } });
    expect(result.stderr).toContain('unknown flag: --recipe');
  });

  test('cannot list a flag that the workflow does not have', () => {
    expect(() => teaProgram({ binding: { flags: ['spoon' as 'sugar'] } })).toThrow('workflow brew has no flag spoon');
  });
});

describe('a failing run', () => {
  test('exits with the code for its problems and says how to go on', async () => {
    const result = await pour(['brew', '--token', 'geheim', '--recipe', 'my recipe', '--sugar=3', '-n', '--skip', 'wait'], {
      broken: 'water/boil',
      exitCodeOf: () => 7,
    });
    expect(result).toMatchObject({ code: 7, log: ['preflight', 'water', 'water/fill'] });
    expect(result.stderr).toContain('water/boil is broken');
    expect(result.stderr).toMatch(/to go on: tea brew .*--recipe 'my recipe'.* --from water\/boil/);
    for (const text of ['--token "$TOKEN"', '--sugar 3', '--dry-run', '--skip-phases wait']) expect(result.stderr).toContain(text);
    expect(result.stderr).not.toContain('geheim');
  });

  test.each<[string, string]>([
    ['brew phase water', 'tea brew phase --only water --from water/boil'],
    ['brew phase water/boil cup left', 'tea brew phase --only water/boil,cup left --from water/boil'],
    ['brew --from water', 'tea brew --from water/boil'],
  ])('%s goes on with %s', async (line, hint) => {
    const result = await pour(line.split(' '), { broken: 'water/boil' });
    expect(result.stderr).toContain(`to go on: ${hint}\n`);
    const again = await pour(hint.split(' ').slice(1));
    expect(again.code).toBe(0);
    expect(again.log[0]).toBe('water/boil');
  });

  test('of one phase is started again by what was typed', async () => {
    const result = await pour(['brew', 'phase', 'h2o', 'boil', 'left', '--degrees', '80', '-v=1'], { broken: 'water/boil' });
    expect(result.stderr).toContain('to try again: tea brew phase water boil --degrees 80 --v 1 left\n');
    expect(result.stderr).not.toContain('--from');
  });

  test('that cannot be opened is told like any other, in every format', async () => {
    const binding = {
      open: () => {
        throw new Error('no recipe');
      },
    };
    const text = await pour(['brew'], { binding });
    expect(text).toMatchObject({ code: 1, log: [] });
    expect(text.stderr).toContain('error: no recipe');
    const problems = [{ code: 'RUN_NOT_OPENED', summary: 'no recipe' }];
    expect(JSON.parse((await pour(['brew', '-o', 'json'], { binding })).stdout)).toMatchObject({ status: 'failed', phases: [], problems });
    const lines = (await pour(['brew', '-o', 'jsonl'], { binding })).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ type: 'run-open' }, { type: 'run-end', problems }]);
  });

  test('tells what it waits for while it is opened', async () => {
    const binding: TeaOptions['binding'] = {
      open: (_, { message, warn, workflow }) => {
        message(`asking the neighbours of ${workflow.name}`);
        warn('they are asleep');
        return { context: { log: [] } };
      },
    };
    const result = await pour(['brew', '--only', 'cup'], { binding });
    expect(result.stdout).toContain('[brew] asking the neighbours of brew\n');
    expect(result.stderr).toContain('they are asleep');
  });

  test('names the command that makes what is missing, with the flags that it takes', async () => {
    const missing = new ProblemError({ code: 'COLD', summary: 'the kettle is empty', remedy: 'Fill it.', make: 'a full kettle' });
    const binding = {
      open: () => ({
        context: { log: [] },
        scope: () => {
          throw missing;
        },
      }),
    };
    const { stderr } = await pour(['brew', '--only', 'cup', '--recipe', 'my recipe', '--token', 'geheim', '--house', 'h', '--sugar', '1'], {
      binding,
    });
    expect(stderr).toContain("  remedy: Fill it.\n  run: tea brew phase water fill --recipe 'my recipe' --house h\n");
  });

  test.each([
    [['brew'], 'tea brew phase water fill'],
    [['brew', 'phase', '--only', 'cup,water/fill'], 'tea brew phase water fill'],
  ])('names %j there without what is for one command only', async (words, command) => {
    const cold = new ProblemError({ code: 'COLD', summary: 'the kettle is empty', make: 'a full kettle' });
    const { stderr } = await pour([...words, '--dry-run', '--skip-phases', 'wait', '-v=1', '-o', 'plain'], {
      binding: { open: () => Promise.reject(cold) },
    });
    expect(stderr).toContain(`  run: ${command}\n`);
  });

  test('names a phase inside a hidden one by its path', async () => {
    const hot = { name: 'hot water', found: 'hot water', there: () => true };
    const boil = { name: 'boil', summary: 'Boil', makes: [hot], run: () => undefined };
    const workflow = defineWorkflow<Tea>({
      name: 'stir',
      summary: 'Stir',
      phases: [{ name: 'water', summary: 'Water', hidden: true, phases: [boil] }],
    });
    const program = new Command('tea');
    const ran: boolean[] = [];
    bindWorkflow(program.command('stir'), workflow, {
      open: ({ selection }) => {
        ran.push(selection.length > 0);
        if (selection.length > 0) return { context: { log: [] } };
        throw new ProblemError({ code: 'COLD', summary: 'the water is cold', make: 'hot water' });
      },
    });
    const { io, text } = recorded();
    await runProgram(program, ['stir'], { io });
    const [, hint = ''] = /run: tea (.*)\n/.exec(text()) ?? [];
    expect(hint).toBe('stir phase water/boil');
    expect(await runProgram(program, hint.split(' '), { io })).toBe(0);
    expect(ran).toEqual([false, true]);
  });
});

describe('output', () => {
  test('json prints one document and nothing else on standard output', async () => {
    const result = await pour(['brew', '--only', 'cup', '-o', 'json']);
    expect(JSON.parse(result.stdout)).toMatchObject({ status: 'succeeded', phases: [{ path: 'cup' }] });
    expect(result.stderr).toBe('');
  });

  test('json leaves failures on standard error too', async () => {
    const result = await pour(['brew', '-o=json'], { broken: 'cup' });
    expect(JSON.parse(result.stdout)).toMatchObject({ status: 'failed', resumeFrom: 'cup', problems: [{ code: 'PHASE_FAILED' }] });
    expect(result.stderr).toContain('error: cup is broken');
  });

  test('jsonl prints events, failures on standard error too', async () => {
    const result = await pour(['brew', '-o=jsonl'], { broken: 'cup' });
    const events = result.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly type: string }).type);
    expect(events).toEqual(expect.arrayContaining(['run-start', 'phase-start', 'phase-end', 'run-end']));
    expect(result.stderr).toContain('error: cup is broken');
  });

  test('the binding may add document formats and make the document', async () => {
    const documents = { shout: (document: unknown) => `${String(document)}!` };
    const binding = { documents, open: () => ({ context: { log: [] }, document: () => 'tea is ready' }) };
    expect((await pour(['brew', '-o', 'shout'], { binding })).stdout).toBe('tea is ready!\n');
    expect((await pour(['brew', '--only', 'cup', '-o', 'plain'], { binding })).stdout).not.toContain('!');
    const asleep = { documents, open: () => Promise.reject(new Error('asleep')), document: () => 'no tea' };
    expect((await pour(['brew', '-o', 'shout'], { binding: asleep })).stdout).toBe('no tea!\n');
  });

  test('-v brings details of the run', async () => {
    expect((await pour(['brew', '--only', 'cup'])).stdout).not.toContain('[cup] started');
    expect((await pour(['brew', '--only', 'cup', '-v1'])).stdout).toContain('[cup] started');
  });
});

describe('phase --list and --graph', () => {
  test('list the phases as text', async () => {
    const result = await pour(['brew', 'phase', '--list']);
    expect(result).toMatchObject({ code: 0, log: [], invocations: [] });
    expect(result.stdout).toBe(
      [
        '  preflight  Look for kettle and cup',
        '  water      Prepare the water',
        '    /fill      Fill the kettle',
        '    /boil      Boil the water',
        '  cup        Warm the cup (only with a cold cup)',
        '',
      ].join('\n'),
    );
  });

  test('list the phases as data, hidden ones marked', async () => {
    const { stdout } = await pour(['brew', 'phase', '--list', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'brew',
      phases: [
        { path: 'preflight' },
        { path: 'water', children: [{ path: 'water/fill' }, {}] },
        { path: 'wait', hidden: true },
        { path: 'cup' },
      ],
    });
  });

  test.each<[string, string]>([
    ['mermaid', 'flowchart'],
    ['dot', 'digraph'],
    ['svg', '<svg'],
  ])('draw the phases as %s', async (format, start) => {
    const result = await pour(['brew', 'phase', '--graph', format]);
    expect(result).toMatchObject({ code: 0, log: [] });
    expect(result.stdout).toContain(start);
    expect(result.stdout).toContain('water/boil'.split('/')[1]);
  });

  test('refuse an unknown language', async () => {
    expect((await pour(['brew', 'phase', '--graph', 'png'])).stderr).toContain('must be one of mermaid, dot, svg');
  });
});

const refuseAll = (path: string): void => {
  throw new Error(`not admitted: ${path}`);
};

describe('--extra-phases', () => {
  const binding = { extraPhases: true };
  const folder = mkdtempSync(join(tmpdir(), 'tea-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'biscuit.mjs');
  const run = 'run: (tea) => { tea.log.push("biscuit"); }';
  const flag = '{ name: "kind", type: "string", description: "Kind of biscuit" }';
  writeFileSync(
    file,
    `export const extraPhases = [{ after: 'cup', phase: { name: 'biscuit', summary: 'Serve a biscuit', flags: [${flag}], ${run} } }];\n`,
  );

  test.each<[string, string[]]>([
    [`brew --only biscuit --extra-phases ${file}`, ['biscuit']],
    [`brew --extra-phases=${file} phase biscuit`, ['biscuit']],
    [`brew phase biscuit --kind crumbly --extra-phases=${file}`, ['biscuit']],
    [`brew --from cup --kind crumbly --extra-phases ${file}`, ['cup', 'biscuit']],
  ])('%s', async (line, log) => {
    expect(await pour(line.split(' '), { binding })).toMatchObject({ code: 0, log });
  });

  test('show in help and lists', async () => {
    expect((await pour(['brew', '--help', '--extra-phases', file], { binding })).stdout).toContain('biscuit    Serve a biscuit');
    expect((await pour(['brew', 'phase', '--list', '--extra-phases', file], { binding })).stdout).toContain('biscuit');
  });

  test('a file that is not admitted is not loaded', async () => {
    const { code, log, stderr } = await pour(['brew', '--extra-phases', file], { binding: { extraPhases: { admit: refuseAll } } });
    expect({ code: code !== 0, log, stderr }).toEqual({ code: true, log: [], stderr: expect.stringContaining(`not admitted: ${file}`) });
  });

  test.each(['output', 'from', 'skip', 'help', 'house'])('may not bring a flag that the commands have anyway: --%s', async (name) => {
    const odd = join(folder, `${name}.mjs`);
    const own = `{ name: "${name}", type: "string", description: "Own" }`;
    writeFileSync(odd, `export default [{ after: 'cup', phase: { name: 'odd', summary: 'Odd', flags: [${own}], ${run} } }];\n`);
    const result = await pour(['brew', '-o', 'json', '--extra-phases', odd], { binding });
    expect(result).toMatchObject({ code: 1, log: [] });
    expect(result.stderr).toContain(`extraPhases[0].phase.flags[0]: brings the flag --${name}, which the commands have anyway`);
    expect(result.stderr).toContain('EXTRA_PHASES_INVALID');
  });

  test('a missing file is a problem', async () => {
    const result = await pour(['brew', '--extra-phases', join(folder, 'none.mjs')], { binding });
    expect(result).toMatchObject({ code: 1, log: [] });
    expect(result.stderr).toContain('EXTRA_PHASES_INVALID');
  });

  test('is unknown unless the author of the program turns it on', async () => {
    const result = await pour(['brew', '--extra-phases', file]);
    expect(result.stderr).toContain('unknown flag: --extra-phases');
  });
});

describe('the types of flag values', () => {
  const flags = defineFlags({
    cups: { type: 'integer', default: 2, description: 'Number of cups' },
    size: { type: 'string', choices: ['small', 'large'], description: 'Size of the cups' },
  });
  const serve = defineWorkflow<{ readonly cups: number }, typeof flags>({ name: 'serve', summary: 'Serve', flags, phases: [] });

  test('follow from the table of the workflow', () => {
    bindWorkflow(new Command('serve'), serve, {
      open: (invocation) => {
        expectTypeOf(invocation.flags.cups).toEqualTypeOf<number>();
        expectTypeOf(invocation.flags.size).toEqualTypeOf<'small' | 'large' | undefined>();
        return { context: { cups: invocation.flags.cups } };
      },
    });
  });

  test('know no other flags', () => {
    bindWorkflow(new Command('serve'), serve, {
      // @ts-expect-error the workflow has no flag of the name cupz
      open: ({ flags: { cupz } }) => ({ context: { cups: Number(cupz) } }),
      // @ts-expect-error the workflow has no flag of the name cupz
      resultOnly: (invocation) => invocation.flags.cupz === true,
    });
    bindWorkflow(new Command('serve'), serve, {
      // @ts-expect-error the workflow has no flag of the name cupz
      open: (invocation) => ({ context: { cups: invocation.flags.cupz } }),
    });
  });
});

describe('--quiet', () => {
  test('leaves out what the run tells, and refuses to tell more as well', async () => {
    const { stdout, code } = await pour(['brew', '--quiet']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    const both = await pour(['brew', '--quiet', '-v', '2']);
    expect(both.stderr).toContain('code: FLAG_CONFLICT');
    expect(both.log).toEqual([]);
  });

  test('leaves documents as they are', async () => {
    expect(JSON.parse((await pour(['brew', '--quiet', '-o', 'json'])).stdout)).toMatchObject({ status: 'succeeded' });
  });
});
