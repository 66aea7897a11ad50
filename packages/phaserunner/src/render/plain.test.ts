import { describe, expect, it } from 'vitest';
import {
  asDryRun,
  createPaper,
  createScript,
  playBeginning,
  playCancellation,
  playFailure,
  playSuccess,
  samplePlan,
  type Script,
} from '../../test/render/sample-run.ts';
import { createRenderer, type RendererOptions } from './index.ts';

interface Surroundings extends RendererOptions {
  readonly terminal?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

function render(play: (script: Script) => void, { terminal = false, environment = {}, ...options }: Surroundings = {}) {
  const stdout = createPaper({ isTTY: terminal });
  const stderr = createPaper({ isTTY: terminal });
  const renderer = createRenderer('plain', { stdout, stderr, environment }, options);
  play(createScript(renderer.listener));
  renderer.close();
  return { out: stdout.text(), err: stderr.text() };
}

const notices = `\
[init] Using release v1.36.2
[certs/ca] Generated ca certificate and key.
[certs/ca] Valid for 10 years.
[certs/sa] skipped: the key pair exists
`;

describe('plain output', () => {
  it('tells a successful run on standard output and warnings on standard error', () => {
    const { out, err } = render(playSuccess);
    expect(out).toBe(`\
${notices}\
[disk/local] copying: 0 of 20 (0 %)
[disk/local] copying: 2 of 20 (10 %)
[disk/local] copying: 4 of 20 (20 %)
[disk/local] copying: 6 of 20 (30 %)
[disk/local] copying: 8 of 20 (40 %)
[disk/local] copying: 10 of 20 (50 %)
[disk/local] copying: 12 of 20 (60 %)
[disk/local] copying: 14 of 20 (70 %)
[disk/local] copying: 16 of 20 (80 %)
[disk/local] copying: 18 of 20 (90 %)
[disk/local] copying: 20 of 20 (100 %)
[disk/local] waiting for disk
[disk/local] waiting for disk: 5
[disk/local] waiting for disk: 10
[init] succeeded in 15.6s: 4 run, 1 skipped
[init] time: preflight 0.3s, certs 1.2s, disk 14.0s, addon 0.1s
`);
    expect(err).toBe(`\
[preflight] WARNING: hostname "node" cannot be resolved
[preflight] WARNING: name lookup failed
[disk/local] WARNING: try 1 of 3 failed: disk does not answer yet; next try in 2.0s
`);
  });

  it('adds starts, ends, actions and debug messages up to the verbosity', () => {
    const { out, err } = render(playFailure, { verbosity: 2 });
    expect(out).toBe(`\
[init] 6 phases to run
[init] named by --skip-phases: addon/proxy
[init] Using release v1.36.2
[preflight] started
[preflight] done in 0.3s
[certs/ca] started
[certs/ca] Write /etc/pki/ca.key (mode 0600)
[certs/ca] Generated ca certificate and key.
[certs/ca] Valid for 10 years.
[certs/ca] done in 1.2s
[certs/sa] skipped: the key pair exists
[disk/local] started
`);
    expect(err).toContain('[preflight] looked at port 6443\n');
    expect(render(playFailure, { verbosity: 1 }).err).not.toContain('looked at port');
  });

  it('ends a failed run with its problem and the way to go on', () => {
    const { out, err } = render(playFailure, { command: 'machine init --config c.yaml' });
    expect(out).toBe(notices);
    expect(err).toBe(`\
[preflight] WARNING: hostname "node" cannot be resolved
[preflight] WARNING: name lookup failed
[disk/local] failed after 0.5s
error: cannot write /etc/machine/manifests/disk.yaml
  in phase disk/local
  caused by: ENOSPC: no space left on device
  remedy: make room on the disk and run again
  code: FILE_WRITE
[init] failed after 2.0s: 2 run, 1 skipped, 1 failed, 1 not reached
[init] time: preflight 0.3s, certs 1.2s, disk 0.5s
[init] to go on: machine init --config c.yaml --from disk/local
`);
  });

  it('tells a cancelled run and where it can go on', () => {
    const { err } = render(playCancellation);
    expect(err).toBe(`\
[preflight] WARNING: hostname "node" cannot be resolved
[preflight] WARNING: name lookup failed
[disk/local] cancelled after 0.5s
error: the run was stopped by SIGINT
  code: RUN_CANCELLED
[init] cancelled after 2.0s: 2 run, 1 skipped, 1 cancelled, 1 not reached
[init] time: preflight 0.3s, certs 1.2s, disk 0.5s
[init] to go on, start from phase disk/local
`);
  });

  it('says what a dry run would do, and gives no hint to go on in the middle of one', () => {
    const { out, err } = render((script) => playFailure(asDryRun(script)), { command: 'machine init' });
    expect(out).toBe(`\
[init] dry run: nothing is changed
[init] Using release v1.36.2
[certs/ca] would write /etc/pki/ca.key (mode 0600)
[certs/ca] Generated ca certificate and key.
[certs/ca] Valid for 10 years.
[certs/sa] skipped: the key pair exists
`);
    expect(err).not.toContain('--from');
  });

  it('lists the time of each top-level phase when talkative', () => {
    const { out } = render(playSuccess, { verbosity: 1 });
    expect(out.slice(out.indexOf('[init] succeeded'))).toBe(`\
[init] succeeded in 15.6s: 4 run, 1 skipped
[init]   preflight    0.3s
[init]   certs        1.2s
[init]   disk        14.0s  slowest
[init]   addon        0.1s
`);
  });

  it('leaves standard output empty when progress goes to standard error', () => {
    const { out, err } = render(playSuccess, { progressTo: 'stderr' });
    expect(out).toBe('');
    expect(err).toContain('[init] succeeded in 15.6s');
  });

  it('tells only warnings and problems below 0', () => {
    const good = render(playSuccess, { verbosity: -1 });
    expect(good.out).toBe('');
    expect(good.err.match(/^.*$/gm)?.filter((line) => line !== '' && !line.includes('WARNING:'))).toEqual([]);
    expect(good.err).toContain('WARNING: hostname "node" cannot be resolved');
    const bad = render(playFailure, { verbosity: -1 });
    expect(bad.out).toBe('');
    expect(bad.err).toContain('error: ');
    expect(bad.err).toContain('[init] failed after');
  });

  it('does not mark a warning twice', () => {
    const { err } = render((script) => {
      script.send({ type: 'message', path: 'preflight', level: 'warning', text: '[WARNING Swap]: swap is on' });
    });
    expect(err).toBe('[preflight] [WARNING Swap]: swap is on\n');
  });

  it('puts the path before every line of every phase', () => {
    const paths = ['init', ...samplePlan.map((phase) => phase.path)];
    const { out } = render(playSuccess, { verbosity: 9 });
    for (const line of out.trimEnd().split('\n')) expect(paths).toContain(/^\[([^\]]+)\]/u.exec(line)?.[1]);
  });

  it('shows control characters of messages instead of obeying them', () => {
    const { out } = render((script) => {
      playBeginning(script);
      script.send({ type: 'message', path: 'certs/ca', level: 'info', text: 'a\u001B[2Jb\rc\td\r\n[disk] fake' });
    });
    expect(out).toContain('[certs/ca] a\\x1b[2Jb\\x0dc    d\n[certs/ca] [disk] fake\n');
  });

  it.each([
    { name: 'a pipe', terminal: false, environment: {}, colours: false },
    { name: 'a terminal', terminal: true, environment: {}, colours: true },
    { name: 'a terminal with NO_COLOR', terminal: true, environment: { NO_COLOR: '1' }, colours: false },
    { name: 'a terminal with an empty NO_COLOR', terminal: true, environment: { NO_COLOR: '' }, colours: true },
    { name: 'a dumb terminal', terminal: true, environment: { TERM: 'dumb' }, colours: false },
    { name: 'a pipe with FORCE_COLOR', terminal: false, environment: { FORCE_COLOR: '1' }, colours: true },
    { name: 'a terminal with FORCE_COLOR=0', terminal: true, environment: { FORCE_COLOR: '0' }, colours: false },
    { name: 'FORCE_COLOR against NO_COLOR', terminal: false, environment: { FORCE_COLOR: '1', NO_COLOR: '1' }, colours: true },
  ])('uses colours as asked: $name', ({ terminal, environment, colours }) => {
    const { out, err } = render(playFailure, { terminal, environment });
    expect((out + err).includes('\u001B[')).toBe(colours);
  });
});
