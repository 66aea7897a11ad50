import { describe, expect, it } from 'vitest';
import {
  asDryRun,
  createManualClock,
  createPaper,
  createScript,
  outcome,
  planned,
  playBeginning,
  playCancellation,
  playFailure,
  playSuccess,
  samplePlan,
} from '../../test/render/sample-run.ts';
import { createTerminal } from '../../test/render/terminal.ts';
import { createRenderer, type Output, type RendererOptions } from './index.ts';

interface Stage extends RendererOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly stderr?: Output;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A terminal that shows both streams, with a renderer and a script that moves the time. */
function openStage({ columns = 60, rows = 24, stderr, environment = { LANG: 'C.UTF-8' }, ...options }: Stage = {}) {
  const terminal = createTerminal(columns, rows);
  const clock = createManualClock();
  const renderer = createRenderer('tree', { stdout: terminal, stderr: stderr ?? terminal, environment, clock }, options);
  return { terminal, clock, renderer, script: createScript(renderer.listener, clock) };
}

describe('the live tree', () => {
  it('shows the plan at once, without what the selection left out', () => {
    const { terminal, script } = openStage();
    script.send({ type: 'run-start', workflow: 'init', phases: samplePlan, total: 6 });
    expect(terminal.screen()).toBe(`\
init  0 of 6  0.0s
· preflight
· certs
  · ca
  · sa
· disk
  · local
· addon
  · coredns`);
    expect(terminal.cursorVisible()).toBe(false);
  });

  it('puts a line that is no event above the tree and leaves the tree whole', () => {
    const { terminal, renderer, script } = openStage();
    playBeginning(script);
    renderer.tell('asked to stop');
    script.wait(100);
    const lines = terminal.screen().split('\n');
    expect(lines.filter((line) => line === 'asked to stop')).toHaveLength(1);
    expect(lines.filter((line) => /^init +\d/.test(line))).toHaveLength(1);
    expect(lines.indexOf('asked to stop')).toBeLessThan(lines.findIndex((line) => /^init +\d/.test(line)));
  });

  it.each(['plain', 'jsonl', 'silent'] as const)('%s puts a line that is no event on standard error', (format) => {
    const paper = { stdout: createTerminal(60, 5), stderr: createTerminal(60, 5) };
    createRenderer(format, { ...paper, environment: {} }).tell('asked to stop');
    expect([paper.stdout.screen(), paper.stderr.screen()]).toEqual(['', 'asked to stop']);
  });

  it('shows what runs with its progress and its last messages', () => {
    const { terminal, script } = openStage();
    playBeginning(script);
    script.send({ type: 'phase-start', path: 'disk/local', summary: 'Do disk/local', index: 4, total: 6 });
    for (const text of ['one', 'two\nthree', 'four']) script.send({ type: 'message', path: 'disk/local', level: 'info', text });
    script.send({ type: 'progress', path: 'disk/local', label: 'copying', done: 5, total: 20 });
    script.wait(400);
    expect(terminal.screen()).toBe(`\
[init] Using release v1.36.2
[preflight] WARNING: hostname "node" cannot be resolved
[preflight] WARNING: name lookup failed
init  4 of 6  1.9s
✔ preflight         0.3s
✔ certs             1.2s
  ✔ ca              1.2s
  ○ sa            skipped: the key pair exists
⠙ disk              0.4s
  ⠙ local           0.4s
    ━━━━┄┄┄┄┄┄┄┄┄┄ 5 of 20 (25 %) copying
    two
    three
    four
· addon
  · coredns`);
  });

  it('counts the tries of a phase that is repeated', () => {
    const { terminal, script } = openStage();
    playBeginning(script);
    script.send({ type: 'phase-start', path: 'disk/local', summary: 'Do disk/local', index: 4, total: 6 });
    const problem = { code: 'X', summary: 'no answer' };
    script.send({ type: 'phase-retry', path: 'disk/local', attempt: 1, attempts: 3, delayMs: 500, problem });
    script.wait(100);
    expect(terminal.screen()).toContain('[disk/local] WARNING: try 1 of 3 failed: no answer; next try\n in 0.5s\ninit  4 of 6');
    expect(terminal.screen()).toMatch(/ local +0\.0s {2}try 2\n/u);
  });

  it('leaves its last frame above the summary and gives the cursor back', () => {
    const { terminal, script, clock } = openStage();
    playSuccess(script);
    expect(terminal.everything()).toBe(`\
[init] Using release v1.36.2
[preflight] WARNING: hostname "node" cannot be resolved
[preflight] WARNING: name lookup failed
[disk/local] WARNING: try 1 of 3 failed: disk does not answe
r yet; next try in 2.0s
init  6 of 6  15.6s
✔ preflight         0.3s
✔ certs             1.2s
  ✔ ca              1.2s
  ○ sa            skipped: the key pair exists
✔ disk             14.0s
  ✔ local          14.0s  try 2
✔ addon             0.1s
  ✔ coredns         0.1s
init succeeded in 15.6s: 4 run, 1 skipped`);
    expect(terminal.cursorVisible()).toBe(true);
    expect(clock.timers()).toBe(0);
  });

  it('ends a failed run with its problem and the way to go on', () => {
    const { terminal, script } = openStage({ command: 'machine init' });
    playFailure(script);
    const text = terminal.everything();
    expect(text.slice(text.indexOf('init  4 of 6'))).toBe(`\
init  4 of 6  2.0s
✔ preflight         0.3s
✔ certs             1.2s
  ✔ ca              1.2s
  ○ sa            skipped: the key pair exists
✖ disk              0.5s
  ✖ local           0.5s
· addon
  · coredns
error: cannot write /etc/machine/manifests/disk.yaml
  in phase disk/local
  caused by: ENOSPC: no space left on device
  remedy: make room on the disk and run again
  code: FILE_WRITE
init failed after 2.0s: 2 run, 1 skipped, 1 failed, 1 not re
ached
to go on: machine init --from disk/local`);
  });

  it('marks a cancelled phase', () => {
    const { terminal, script } = openStage();
    playCancellation(script);
    expect(terminal.everything()).toMatch(/■ disk +0\.5s\n {2}■ local +0\.5s\n· addon/u);
    expect(terminal.cursorVisible()).toBe(true);
  });

  it('keeps what a dry run would do above the tree', () => {
    const { terminal, script } = openStage();
    playSuccess(asDryRun(script));
    expect(terminal.everything()).toContain('[certs/ca] would write /etc/pki/ca.key (mode 0600)\n');
  });

  it('shows only the reasons when a run is refused before its first phase', () => {
    const { terminal, script } = openStage();
    script.send({ type: 'run-start', workflow: 'init', phases: samplePlan, total: 6 });
    script.wait(200);
    const problems = [{ code: 'PHASE_UNKNOWN', summary: 'there is no phase "crets"' }];
    script.send({ type: 'run-end', status: 'failed', durationMs: 200, phases: [], remaining: ['preflight'], problems });
    expect(terminal.everything()).toBe(`\
error: there is no phase "crets"
  code: PHASE_UNKNOWN
init failed: no phase was run`);
    expect(terminal.cursorVisible()).toBe(true);
  });

  it('shows why a phase does not belong to the run', () => {
    const { terminal, script } = openStage();
    const phases = [
      planned('disk', { work: false }),
      planned('disk/local', { decision: { run: false, because: 'membership', reason: 'only with a local disk' } }),
    ];
    script.send({ type: 'run-start', workflow: 'init', phases, total: 0 });
    expect(terminal.screen()).toContain('  ○ local         skipped: only with a local disk');
  });
});

describe('the height of the live tree', () => {
  it('folds finished groups first, then waiting ones', () => {
    const { terminal, script } = openStage({ rows: 10, stderr: createPaper() });
    playBeginning(script);
    script.send({ type: 'phase-start', path: 'disk/local', summary: 'Do disk/local', index: 4, total: 6 });
    script.wait(100);
    const tree = (): string => terminal.screen().slice(terminal.screen().indexOf('init  '));
    expect(tree()).toBe(`\
init  4 of 6  1.5s
✔ preflight         0.3s
✔ certs             1.2s
  ✔ ca              1.2s
  ○ sa            skipped: the key pair exists
⠧ disk              0.0s
  ⠧ local           0.0s
· addon
  · coredns`);
    terminal.resize(60, 9);
    script.wait(100);
    expect(tree()).toMatch(/✔ certs +1\.2s {2}2 inside\n. disk +0\.1s\n {2}. local +0\.1s\n· addon\n {2}· coredns$/u);
    terminal.resize(60, 7);
    script.wait(100);
    expect(tree()).toMatch(/✔ certs +1\.2s {2}2 inside\n. disk +0\.3s\n {2}. local +0\.3s\n· addon +1 inside$/u);
  });

  it('counts what is inside of a folded group, not the group itself, which may have work too', () => {
    const { terminal, script } = openStage({ rows: 5 });
    const paths = ['certs', 'certs/ca', 'certs/sa'];
    script.send({ type: 'run-start', workflow: 'init', phases: [...paths, 'disk', 'addon'].map((path) => planned(path)), total: 5 });
    for (const [index, path] of paths.entries()) {
      script.send({ type: 'phase-start', path, summary: path, index: index + 1, total: 5 });
      script.send({ type: 'phase-end', path, status: 'succeeded', durationMs: 0 });
    }
    script.wait(100);
    expect(terminal.screen()).toMatch(/^✔ certs +0\.0s {2}2 inside$/mu);
  });

  it('takes the usual size where the terminal says that it has none', () => {
    const paper = createPaper({ isTTY: true });
    const stdout = { write: (text: string) => paper.write(text), isTTY: true, columns: 0, rows: 0 };
    const clock = createManualClock();
    const renderer = createRenderer('tree', { stdout, stderr: createPaper(), environment: { LANG: 'C.UTF-8' }, clock });
    createScript(renderer.listener, clock).send({ type: 'run-start', workflow: 'init', phases: samplePlan, total: 6 });
    renderer.close();
    expect(paper.text()).toContain('certs');
    expect(paper.text()).toContain('coredns');
  });

  it('keeps the running phase in sight when nothing else helps', () => {
    const names = Array.from({ length: 30 }, (_, index) => `phase-${index}`);
    const { terminal, script } = openStage({ rows: 8 });
    script.send({ type: 'run-start', workflow: 'long', phases: names.map((name) => planned(name)), total: 30 });
    for (const [index, path] of names.slice(0, 16).entries()) {
      script.send({ type: 'phase-start', path, summary: path, index: index + 1, total: 30 });
      script.wait(100);
      if (index < 15) script.send({ type: 'phase-end', path, status: 'succeeded', durationMs: 100 });
    }
    expect(terminal.screen()).toMatch(
      /^long {2}16 of 30 {2}1\.5s\n… 14 more\n✔ phase-14 +0\.1s\n. phase-15 +0\.0s\n· phase-16\n· phase-17\n… 12 more$/u,
    );
  });

  it.each([3, 4, 5, 6, 8, 10, 14])('never lets a frame of %i rows scroll', (rows) => {
    const { terminal, script } = openStage({ rows, stderr: createPaper() });
    script.send({ type: 'run-start', workflow: 'init', phases: samplePlan, total: 6 });
    playFramesOnly();
    expect(terminal.everything().split('\n').length).toBeLessThan(rows);

    function playFramesOnly(): void {
      for (const path of ['preflight', 'certs/ca', 'disk/local']) {
        script.send({ type: 'phase-start', path, summary: path, index: 1, total: 6 });
        script.send({ type: 'message', path, level: 'info', text: 'a\nb\nc' });
        script.send({ type: 'progress', path, label: 'x', done: 1, total: 2 });
        script.wait(100);
      }
    }
  });
});

describe('the width of the live tree', () => {
  it('cuts what does not fit, also in the middle of wide characters', () => {
    const { terminal, script } = openStage({ columns: 24 });
    script.send({ type: 'run-start', workflow: 'init', phases: [planned('a-phase-with-a-long-name'), planned('証明書')], total: 2 });
    script.send({ type: 'phase-start', path: '証明書', summary: 'x', index: 2, total: 2 });
    script.send({ type: 'message', path: '証明書', level: 'info', text: '鍵と証明書を作成しました、有効期限は十年です' });
    script.wait(100);
    expect(terminal.screen()).toBe(`\
init  2 of 2  0.1s
· a-phase-wi…
⠙ 証明書         0.1s
  鍵と証明書を作成しま…`);
  });

  it('does not leave pieces behind when the terminal becomes narrower or wider', () => {
    const { terminal, script } = openStage({ columns: 60 });
    playBeginning(script);
    script.wait(100);
    terminal.resize(30, 24);
    script.wait(100);
    expect(terminal.screen().match(/preflight +0\.3s/gu)).toHaveLength(1);
    expect(terminal.screen().match(/init {2}2 of 6/gu)).toHaveLength(1);
    terminal.resize(80, 24);
    script.wait(100);
    expect(terminal.screen().match(/init {2}2 of 6/gu)).toHaveLength(1);
    expect(terminal.screen()).toContain('skipped: the key pair exists');
  });
});

describe('the drawing of the live tree', () => {
  it('redraws at most twelve times a second, however many events there are', () => {
    const { terminal, script } = openStage({ stderr: createPaper() });
    playBeginning(script);
    script.send({ type: 'phase-start', path: 'disk/local', summary: 'x', index: 4, total: 6 });
    const before = terminal.writes();
    for (let step = 0; step < 1000; step += 1) {
      script.send({ type: 'progress', path: 'disk/local', label: 'x', done: step, total: 1000 });
      script.wait(1);
    }
    expect(terminal.writes() - before).toBeLessThanOrEqual(12);
  });

  it('restores the terminal when it is closed in the middle, once', () => {
    const { terminal, script, renderer, clock } = openStage();
    playBeginning(script);
    renderer.close();
    const writes = terminal.writes();
    renderer.close();
    expect(terminal.cursorVisible()).toBe(true);
    expect(clock.timers()).toBe(0);
    expect(terminal.writes()).toBe(writes);
    expect(terminal.screen()).toContain('[preflight] WARNING: name lookup failed\ninit  2 of 6');
  });

  it('writes warnings to standard error and the tree to where progress goes', () => {
    const stderr = createPaper();
    const { terminal, script } = openStage({ stderr });
    playSuccess(script);
    expect(terminal.everything()).not.toContain('WARNING');
    expect(stderr.text()).toContain('[preflight] WARNING: name lookup failed\n');
    const other = openStage({ progressTo: 'stderr', stderr: createTerminal(60, 24) });
    playSuccess(other.script);
    expect(other.terminal.everything()).toBe('');
  });

  it.each([
    { name: 'a locale without UTF-8', environment: { LANG: 'C' } },
    { name: 'the Linux console', environment: { LANG: 'C.UTF-8', TERM: 'linux' } },
    { name: 'no locale', environment: {} },
    { name: 'LC_ALL against LANG', environment: { LC_ALL: 'POSIX', LANG: 'C.UTF-8' } },
  ])('draws in ASCII with $name', ({ environment }) => {
    const { terminal, script } = openStage({ environment });
    playFailure(script);
    expect(terminal.everything()).toMatch(/^[\n -~]*$/u);
    expect(terminal.everything()).toMatch(/\+ preflight +0\.3s\n/u);
  });

  it('uses colours unless told not to', () => {
    const withColours = createPaper({ isTTY: true });
    const without = createPaper({ isTTY: true });
    for (const [stdout, environment] of [
      [withColours, {}],
      [without, { NO_COLOR: '1' }],
    ] as const) {
      const renderer = createRenderer('tree', { stdout, stderr: createPaper(), environment, clock: createManualClock() });
      playSuccess(createScript(renderer.listener));
    }
    expect(withColours.text()).toContain('\u001B[32m');
    expect(without.text()).not.toContain('\u001B[32m');
  });

  it.each([
    { name: 'a pipe', isTTY: false, environment: {} },
    { name: 'a dumb terminal', isTTY: true, environment: { TERM: 'dumb' } },
  ])('is plain lines in $name', ({ isTTY, environment }) => {
    const stdout = createPaper({ isTTY });
    const renderer = createRenderer('tree', { stdout, stderr: createPaper(), environment });
    playSuccess(createScript(renderer.listener));
    expect(stdout.text()).toContain('[certs/sa] skipped: the key pair exists\n');
    expect(stdout.text()).not.toContain('\u001B');
  });

  it('shows a group as running between two of its phases, and its own work only until the first child', () => {
    const { terminal, script } = openStage();
    const phases = [planned('group'), planned('group/a'), planned('group/b')];
    script.send({ type: 'run-start', workflow: 'w', phases, total: 3 });
    script.send({ type: 'phase-start', path: 'group', summary: 'x', index: 1, total: 3 });
    script.wait(1000);
    script.send({ type: 'phase-start', path: 'group/a', summary: 'x', index: 2, total: 3 });
    script.wait(500);
    script.send({ type: 'phase-end', path: 'group/a', status: 'succeeded', durationMs: 500 });
    script.wait(500);
    expect(terminal.screen()).toMatch(/[^✔·] group +1\.5s\n {2}✔ a +0\.5s\n {2}· b$/u);
    script.send({
      type: 'run-end',
      status: 'cancelled',
      durationMs: 2000,
      phases: [outcome('group', 1000), outcome('group/a', 500)],
      remaining: ['group/b'],
    });
    expect(terminal.screen()).toMatch(/· group/u);
  });
});
