import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { completionScript, completionShells, type CompletionShell } from './completion-scripts.ts';
import { setOperandCandidates } from './command-facts.ts';
import { addFlags } from './options.ts';
import { runProgram } from './program.ts';
import { pour, teaProgram } from './tea.cases.ts';

/** Words offered, then the directive. */
async function complete(line: string): Promise<readonly string[]> {
  const { stdout } = await pour(['__completeNoDesc', ...line.split(' ')]);
  return stdout.trimEnd().split('\n');
}

describe('candidates', () => {
  test.each<[string, string[]]>([
    ['', ['brew', 'help', 'shop', ':4']],
    ['sh', ['shop', ':4']],
    ['brew ', ['phase', ':4']],
    ['brew phase ', ['preflight', 'water', 'cup', ':4']],
    ['brew phases wa', ['water', ':4']],
    ['brew phase water ', ['fill', 'boil', ':4']],
    ['brew phase water/', ['water/fill', 'water/boil', ':4']],
    ['brew phase water/fill wat', ['water/fill', 'water/boil', ':4']],
    ['brew --only wa', ['water', 'water/fill', 'water/boil', ':6']],
    ['brew --only=water/', ['--only=water/fill', '--only=water/boil', ':6']],
    ['brew --only water,water/fill,wa', ['water,water/fill,water/boil', ':6']],
    ['brew --skip c', ['cup', ':6']],
    ['brew --skip-phases=c', ['--skip-phases=cup', ':6']],
    ['brew --from c', ['cup', ':4']],
    ['brew --until=p', ['--until=preflight', ':4']],
    ['brew -o j', ['jsonl', 'json', ':4']],
    ['brew -v2 --output=t', ['--output=text', '--output=tree', ':4']],
    ['brew --dry-run=', ['--dry-run=true', '--dry-run=false', ':4']],
    ['brew --dry-run ', ['phase', ':4']],
    ['brew --recipe ', [':0']],
    ['brew --s', ['--skip-phases', '--sugar', ':4']],
    ['brew phase cup --', ['--help', '--house', '--output', '--quiet', '--sugar', '--v', ':4']],
    ['brew phase --g', ['--graph', ':4']],
    ['shop open ', [':0']],
    ['nonsense ', [':4']],
  ])('"tea %s"', async (line, expected) => {
    const words = await complete(line);
    expect(words.slice(0, -1).sort()).toEqual(expected.slice(0, -1).sort());
    expect(words.at(-1)).toBe(expected.at(-1));
  });

  test('come with what they mean', async () => {
    expect((await pour(['__complete', 'brew', 'phase', 'water', ''])).stdout).toBe('fill\tFill the kettle\nboil\tBoil the water\n:4\n');
  });

  test('leave out hidden phases and deprecated flags', async () => {
    expect(await complete('brew --only w')).not.toContain('wait');
    expect(await complete('brew --m')).toEqual([':4']);
  });

  test('are made by the application for flags that take other values too, and for arguments', async () => {
    const program = teaProgram();
    const taste = program.command('taste').argument('<CUP>');
    addFlags(taste, [
      { name: 'with', type: 'list', description: 'What to add' },
      { name: 'as', type: 'string', description: 'Form' },
    ]);
    setOperandCandidates(taste, async () => [{ word: 'first', text: '' }]);
    const candidates = {
      with: async () => ['milk', 'mint'].map((word) => ({ word, text: '' })),
      as: () => ['word', 'pattern='].map((word) => ({ word, text: '' })),
    };
    const offered = async (line: string): Promise<string> => {
      let text = '';
      const io = { stdout: { write: (part: string) => void (text += part) }, stderr: { write: () => undefined }, environment: {} };
      await runProgram(program, ['__completeNoDesc', ...line.split(' ')], { io, candidates });
      return text.trimEnd().split('\n').join(' ');
    };
    expect(await offered('taste --with milk,m')).toBe('milk,mint :6');
    expect(await offered('taste --with=mi')).toBe('--with=milk --with=mint :6');
    expect(await offered('taste --as ')).toBe('word pattern= :4');
    expect(await offered('taste --as p')).toBe('pattern= :6');
    expect(await offered('taste f')).toBe('first :4');
  });

  test('do not load modules that the line names', async () => {
    expect(await complete('brew --extra-phases /nowhere/at-all.mjs --only c')).toEqual(['cup', ':6']);
  });
});

/** Why nothing can be tried with `shell`, or undefined. */
function missing(shell: CompletionShell): string | undefined {
  try {
    execFileSync(shell, ['--version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `${shell} is not installed`;
  }
}

describe('completion scripts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tea-completion-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** An executable `tea` that answers exactly these words the way the real program does. */
  async function installTea(questions: readonly (readonly string[])[]): Promise<void> {
    const answers = await Promise.all(
      questions.map(async (words) => `'${words.join('|')}') printf '%s' '${(await pour(words)).stdout}' ;;`),
    );
    const distinguish = `IFS='|'; case "$*" in`;
    writeFileSync(join(folder, 'tea'), ['#!/bin/sh', distinguish, ...answers, 'esac', ''].join('\n'));
    chmodSync(join(folder, 'tea'), 0o755);
  }

  function run(shell: CompletionShell, options: readonly string[], text: string): string {
    const script = join(folder, `tea.${shell}`);
    const doubles = shell === 'zsh' ? 'compdef() { : }\n' : '';
    writeFileSync(script, doubles + completionScript(shell, 'tea'));
    const PATH = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
    return execFileSync(shell, [...options, '-c', `source ${script}\n${text}`], { env: { PATH, HOME: folder }, encoding: 'utf8' });
  }

  test.for<[string, string[], string[]]>([
    ['tea sh', ['sh'], ['shop']],
    ['tea brew phase ', ['brew', 'phase', ''], ['preflight', 'water', 'cup']],
    ['tea brew --only=water/', ['brew', '--only=water/'], ['water/fill', 'water/boil']],
    ['tea brew --only water/fill,c', ['brew', '--only', 'water/fill,c'], ['water/fill,cup']],
  ])('bash completes "%s"', async ([line, words, expected], context) => {
    const reason = missing('bash');
    if (reason !== undefined) context.skip(reason);
    await installTea([['__completeNoDesc', ...words]]);
    const text = `COMP_LINE='${line}'; COMP_POINT=\${#COMP_LINE}; COMP_WORDBREAKS=$' \\t\\n=:'; __tea_complete; printf '%s\\n' "\${COMPREPLY[@]}"; complete -p tea`;
    expect(run('bash', ['--norc'], text).trimEnd().split('\n')).toEqual([...expected, 'complete -F __tea_complete tea']);
  });

  test.for<[string, string[], string[]]>([
    ['tea brew phase water ', ['brew', 'phase', 'water', ''], ['fill:Fill the kettle', 'boil:Boil the water', '-V tea candidates']],
    ['tea brew --only c', ['brew', '--only', 'c'], ['cup:Warm the cup', '-V tea candidates -S ']],
  ])('zsh completes "%s"', async ([line, words, expected], context) => {
    const reason = missing('zsh');
    if (reason !== undefined) context.skip(reason);
    await installTea([['__complete', ...words]]);
    // The completion system exists only in interactive shells; its two functions are replaced by ones that tell.
    const doubles = '_describe() { print -l -- ${(P)3}; print -r -- $1 $2 $3 ${4-} ${5-} }\n_files() { print files }';
    const text = `${doubles}\nwords=(${line
      .split(' ')
      .map((word) => `'${word}'`)
      .join(' ')}); CURRENT=${words.length + 1}; __tea_complete`;
    const output = run('zsh', ['-f'], `:\n${text}`);
    expect(
      output
        .trimEnd()
        .split('\n')
        .map((each) => each.trimEnd()),
    ).toEqual(expected.map((each) => each.trimEnd()));
  });

  test.for<[string, string[], string[]]>([
    ['tea brew phase wa', ['brew', 'phase', 'wa'], ['water\tPrepare the water']],
    ['tea brew --only=c', ['brew', '--only=c'], ['--only=cup\tWarm the cup']],
  ])('fish completes "%s"', async ([line, words, expected], context) => {
    const reason = missing('fish');
    if (reason !== undefined) context.skip(reason);
    await installTea([['__complete', ...words]]);
    expect(run('fish', ['--no-config'], `complete -C '${line}'`).trimEnd().split('\n')).toEqual(expected);
  });

  test.each(completionShells)('the %s script says how it is loaded', (shell) => {
    expect(completionScript(shell, 'tea')).toContain(`tea completion ${shell}`);
  });

  test('names that a shell would read otherwise are refused', () => {
    expect(() => completionScript('bash', 'tea; rm')).toThrow(TypeError);
  });
});
