import { resolve } from 'node:path';
import { defineWorkflow, type Phase, type Problem, type Task } from 'phaserunner';
import { runProgram } from 'phaserunner/commander';
import { describe, expect, it } from 'vitest';
import { memoryMachine, runCommandLine, type Ended, type Surroundings } from '../../test/fixtures/command-line.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import type { KubeObject } from '../clients/kube/port.ts';
import type { CommandTable } from '../commands/table.ts';
import type { InitRequest, Loaded, LoadedOf } from '../config/request.ts';
import type { NodeRegistration } from '../config/types.ts';
import { flags, type FlagName } from '../flags/flags.ts';
import { problem } from '../problems/catalogue.ts';
import { createProgram } from '../program.ts';
import { newestRelease } from '../releases/index.ts';
import { bindRun } from './bind.ts';
import type { KubeContext, MachineContext } from './context.ts';
import { configForRun, pathsOf } from './open.ts';
import type { ContextParts, RunConfig, RunWork } from './work.ts';

describe('folders that flags move', () => {
  it.each([
    ['counts from the working directory', {}, resolve('kc')],
    ['counts from the root folder where there is one', { rootfs: '/image' }, '/kc'],
  ])('a relative one %s', (_, given, expected) => {
    const paths = pathsOf('/etc/kubernetes/pki', { ...given, 'kubeconfig-dir': './kc', kubeconfig: 'kc/admin.conf' });
    expect([paths.kubeconfigs, paths.adminKubeconfig]).toEqual([expected, `${expected}/admin.conf`]);
  });

  it('without flags are the usual ones', () => {
    expect(pathsOf('/etc/kubernetes/pki', {})).toMatchObject({
      kubeconfigs: '/etc/kubernetes',
      adminKubeconfig: '/etc/kubernetes/admin.conf',
    });
  });
});

const ignoring = (...ignorePreflightErrors: readonly string[]): NodeRegistration => ({
  ...initConfig().nodeRegistration,
  ignorePreflightErrors,
});

describe('the configuration as a run uses it', () => {
  it.each([
    [false, ['swap'], ['swap']],
    [true, ['swap'], ['swap', 'all']],
    [true, ['all', 'swap'], ['all', 'swap']],
  ])('ignores preflight errors, in a dry run (%s) all of them: %j', (dryRun, given, expected) => {
    const config = configForRun(initConfig({ dryRun, nodeRegistration: ignoring(...given) }), { rootfs: undefined });
    expect(config).toEqual(initConfig({ dryRun, nodeRegistration: ignoring(...expected) }));
  });

  it.each([
    ['patches', { rootfs: undefined }, resolve('patches')],
    ['patches', { rootfs: '/image' }, '/patches'],
    ['/etc/patches', { rootfs: '/image' }, '/etc/patches'],
  ])('has the folder of patches %s as an absolute path', (patchesDirectory, given, expected) => {
    expect(configForRun(initConfig({ patchesDirectory }), given).patchesDirectory).toBe(expected);
  });
});

interface VisitContext extends MachineContext, KubeContext {
  readonly config: RunConfig;
}
type Work = RunWork<VisitContext, RunConfig>;
type Visit = Phase<VisitContext, FlagName>;

const card: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: 'default', name: 'card' }, data: { name: 'Ann' } };
const reference = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: 'card' } as const;

const note: Visit = {
  name: 'note',
  summary: 'Leave a note',
  run: ({ host: { files } }) => files.write({ path: '/etc/kubernetes/note.yaml', content: 'called: true\n', mode: 0o600 }),
};
const register: Visit = { name: 'register', summary: 'Leave a card', run: async ({ kube }) => void (await kube.create(card)) };
const greet: Visit = {
  name: 'greet',
  summary: 'Say good day',
  run: ({ report }) => {
    report.set('guests', 1);
    report.print('Good day.\n');
  },
};
const fail: Visit = { name: 'fail', summary: 'Find the door closed', run: () => Promise.reject(new Error('the door is closed')) };

const offers = [
  'config',
  'dry-run',
  'strict',
  'allow-unknown-version',
  'kubeconfig',
  'kubeconfig-dir',
] as const satisfies readonly FlagName[];

/** A workflow that is none of the product's, and how it is run. */
interface Setup {
  readonly phases?: readonly Visit[];
  readonly work?: Partial<Work>;
  /** What is loaded. Default: a complete configuration. */
  readonly loaded?: Partial<LoadedOf<RunConfig>> | Extract<Loaded<RunConfig>, { readonly ok: false }>;
  readonly offers?: readonly FlagName[];
}

function commandsOf({ phases = [note, register, greet], work = {}, loaded, offers: offered = offers }: Setup): CommandTable {
  const workflow = defineWorkflow<VisitContext, typeof flags>({ name: 'visit', summary: 'Pay a visit', flags, offers: offered, phases });
  const whole: Work = {
    skipField: 'VisitConfiguration.skipPhases',
    dryRunVariable: 'KUBEADM_JOIN_DRYRUN_DIR',
    load: async () =>
      ({ ok: true, config: initConfig(), release: newestRelease(), warnings: [], origin: () => undefined, ...loaded }) as Loaded<RunConfig>,
    announcement: ({ nodeRegistration }) => `visiting ${nodeRegistration.name}`,
    connect: async ({ paths }, { open }) => open({ kubeconfig: 'secret', file: paths.adminKubeconfig }),
    context: (parts) => parts,
    ...work,
  };
  const command = { workflow, mainFlags: offered, phaseFlags: ['config', 'dry-run'], examples: [], work: async () => whole } as const;
  return { visit: { summary: 'Pay a visit', bind: async () => (bound, setting) => bindRun(bound, command, setting) } };
}

interface Event {
  readonly type: string;
  readonly path?: string;
  readonly level?: string;
  readonly text?: string;
  readonly dryRun?: boolean;
}

interface Visited extends Ended {
  /** What was told of the run, where `-o jsonl` was given. */
  readonly events: readonly Event[];
  /** Messages as `level path: text`. */
  readonly messages: readonly string[];
}

async function visit(words: readonly string[], setup: Setup & Omit<Surroundings, 'commands'> = {}): Promise<Visited> {
  const { phases: _phases, work: _work, loaded: _loaded, offers: _offers, ...surroundings } = setup;
  const ended = await runCommandLine(['visit', ...words], { ...surroundings, commands: commandsOf(setup) });
  const lines = words.includes('jsonl') ? ended.stdout.trimEnd().split('\n') : [];
  const events = lines.map((line) => JSON.parse(line) as Event);
  const messages = events.flatMap(({ type, level, path = '-', text }) => (type === 'message' ? [`${level} ${path}: ${text}`] : []));
  return { ...ended, events, messages };
}

const skipOrigin: LoadedOf<RunConfig>['origin'] = (field) =>
  field === 'VisitConfiguration.skipPhases' ? { file: '/v.yaml', line: 7, column: 1 } : undefined;
const dry = { config: initConfig({ dryRun: true }) };
const inFolder = { environment: { KUBEADM_JOIN_DRYRUN_DIR: '/dry' } };
const wrongName: Problem = problem('CONFIG_INVALID_VALUE', {
  summary: 'the name is wrong',
  where: { file: '/v.yaml', line: 2, column: 1 },
});

describe('the opening of a run', () => {
  it('asks for the configuration with the file and what was really given', async () => {
    const requests: InitRequest[] = [];
    const labels = { lookUp: async () => 'v1.36.2' } as unknown as NonNullable<Surroundings['labels']>;
    const load: Work['load'] = async (_, request) => {
      requests.push(request);
      return { ok: false, problems: [wrongName], warnings: [] };
    };
    await visit([], { work: { load } });
    await visit(['--config', '/v.yaml', '--strict', '--allow-unknown-version'], {
      work: { load },
      labels,
      offers: [...offers, 'cri-socket'],
    });
    expect(requests).toEqual([
      {
        flags: {},
        detectCriSocket: true,
        usesRuntime: expect.any(Function),
        strict: false,
        allowUnknownVersion: false,
        program: 'kubephase',
      },
      {
        flags: { config: '/v.yaml', strict: true, 'allow-unknown-version': true },
        detectCriSocket: true,
        usesRuntime: expect.any(Function),
        strict: true,
        allowUnknownVersion: true,
        program: 'kubephase',
        labels,
        configPath: '/v.yaml',
      },
    ]);
  });

  it('reads the configuration through standard input, which the run itself does not have', async () => {
    let text: string | undefined;
    let parts: ContextParts<RunConfig> | undefined;
    const { host, code } = await visit(['--config', '-'], {
      stdin: 'kind: Visit\n',
      work: {
        load: async (machine, { configPath = '' }) => {
          text = await machine.files.readText(configPath);
          return { ok: true, config: initConfig(), release: newestRelease(), warnings: [], origin: () => undefined };
        },
        context: (given) => (parts = given),
      },
    });
    expect(code).toBe(0);
    expect(text).toBe('kind: Visit\n');
    expect(parts?.host).toBe(host);
  });

  it('hands the work everything that a context is made from', async () => {
    let parts: ContextParts<RunConfig> | undefined;
    const release = newestRelease();
    const config = initConfig({ cluster: { certificatesDir: '/data/pki' } });
    const { runtime } = await visit(['--kubeconfig', '/a.conf', '--kubeconfig-dir', '/kc'], {
      program: 'kubeadm',
      machine: { nowMs: 42 },
      loaded: { config, release },
      work: { context: (given) => (parts = given) },
    });
    expect(parts).toMatchObject({
      config,
      program: 'kubeadm',
      startedAtMs: 42,
      flags: { kubeconfig: '/a.conf', 'cert-dir': '/etc/kubernetes/pki' },
    });
    expect(parts?.paths).toMatchObject({ certificates: '/data/pki', kubeconfigs: '/kc', adminKubeconfig: '/a.conf' });
    expect([parts?.release, parts?.cri]).toEqual([release, runtime]);
    expect(Object.keys(parts ?? {})).not.toContain('close');
  });

  it('ends with everything that is wrong with the configuration, before any port is opened', async () => {
    const problems = [wrongName, problem('CONFIG_INVALID_VALUE', { summary: 'the address is wrong' })];
    let contexts = 0;
    const { code, stderr, sockets, accesses, host } = await visit([], {
      loaded: { ok: false, problems, warnings: [] },
      work: { context: (parts) => ((contexts += 1), parts) },
    });
    expect(code).toBe(3);
    expect(stderr).toContain('the name is wrong');
    expect(stderr).toContain('the address is wrong');
    expect({ sockets, accesses, contexts, files: Object.keys(host.snapshot()) }).toEqual({
      sockets: [],
      accesses: [],
      contexts: 0,
      files: ['/'],
    });
  });

  it('asks for the runtime at the socket of the configuration', async () => {
    const nodeRegistration = { ...initConfig().nodeRegistration, criSocket: 'unix:///run/other.sock' };
    expect((await visit([], { loaded: { config: initConfig({ nodeRegistration }) } })).sockets).toEqual(['unix:///run/other.sock']);
    const config = initConfig({ nodeRegistration, dryRun: true });
    expect((await visit([], { loaded: { config }, machine: inFolder })).sockets).toEqual(['unix:///run/other.sock']);
  });

  it('tells what is deployed, then the warnings of the configuration, then what the selection leaves out', async () => {
    const config = initConfig({ skipPhases: ['greet'] });
    const { messages, events } = await visit(['-o', 'jsonl'], { loaded: { config, origin: skipOrigin, warnings: [wrongName] } });
    expect(messages).toEqual(['info -: visiting cp1', 'warning -: /v.yaml:2:1: the name is wrong']);
    expect(events.filter(({ type }) => type === 'phase-start').map(({ path }) => path)).toEqual(['note', 'register']);
    const ofPhase = await visit(['phase', 'greet', '-o', 'jsonl'], { loaded: { config, origin: skipOrigin, warnings: [wrongName] } });
    expect(ofPhase.messages).toEqual([
      'warning -: /v.yaml:2:1: the name is wrong',
      'info -: skipPhases in /v.yaml:7:1 does not count here, because greet was asked for by name',
    ]);
    expect(ofPhase.events.filter(({ type }) => type === 'phase-start').map(({ path }) => path)).toEqual(['greet']);
  });

  it.each([
    ['phase /greet /note', 'greet, note'],
    ['phase --only greet,note', 'greet, note'],
  ])('runs what %j names although the file skips it', async (words, named) => {
    const config = initConfig({ skipPhases: ['greet'] });
    const { messages, events } = await visit([...words.split(' '), '-o', 'jsonl'], { loaded: { config, origin: skipOrigin } });
    expect(messages).toEqual([`info -: skipPhases in /v.yaml:7:1 does not count here, because ${named} was asked for by name`]);
    expect(events.filter(({ type }) => type === 'phase-start').map(({ path }) => path)).toEqual(expect.arrayContaining(['greet', 'note']));
  });

  it('leaves out what the file skips of a part that is no name, such as --from', async () => {
    const config = initConfig({ skipPhases: ['greet'] });
    const { events } = await visit(['phase', '--until', 'note', '-o', 'jsonl'], { loaded: { config, origin: skipOrigin } });
    expect(events.filter(({ type }) => type === 'phase-start').map(({ path }) => path)).toEqual(['note']);
  });

  it('lets the switches of the work skip phases, and uses the configuration that they leave', async () => {
    const { events } = await visit(['-o', 'jsonl'], {
      work: {
        switches: (config, skipped) => ({
          config: { ...config, nodeRegistration: { ...config.nodeRegistration, name: 'cp2' } },
          skippedPaths: [...skipped, 'note'],
        }),
      },
    });
    expect(events.filter(({ type }) => type === 'phase-start').map(({ path }) => path)).toEqual(['register', 'greet']);
    expect(events.find(({ type }) => type === 'message')?.text).toBe('visiting cp2');
  });

  it.each([
    ['visit', [], true],
    ['visit --only', ['--only', 'note'], true],
    ['visit phase NAME', ['phase', 'note'], false],
    ['visit phases NAME', ['phases', 'note'], false],
    ['visit phase --only', ['phase', '--only', 'note'], false],
  ])('announces what is deployed where a whole run was asked for: %s', async (_, words, announced) => {
    const { messages, code } = await visit([...words, '-o', 'jsonl']);
    expect(code).toBe(0);
    expect(messages.includes('info -: visiting cp1')).toBe(announced);
  });
});

describe('a dry run', () => {
  it('is what the configuration says, and changes only its folder', async () => {
    const { code, events, host, kube, accesses } = await visit(['-o', 'jsonl'], { loaded: dry, machine: inFolder });
    expect(code).toBe(0);
    expect(events.find(({ type }) => type === 'run-start')?.dryRun).toBe(true);
    expect(Object.keys(host.snapshot())).toEqual(['/', '/dry', '/dry/note.yaml']);
    expect({ requests: kube.requests, accesses }).toEqual({ requests: [], accesses: [] });
  });

  it('is none when the configuration does not say so', async () => {
    const { events, host, kube } = await visit(['-o', 'jsonl'], { machine: inFolder });
    expect(events.find(({ type }) => type === 'run-start')).not.toHaveProperty('dryRun');
    expect(Object.keys(host.snapshot())).toEqual(['/', '/etc', '/etc/kubernetes', '/etc/kubernetes/note.yaml']);
    expect(kube.requests).toEqual(['create ConfigMap default/card']);
  });

  it.each([
    [false, []],
    [true, ['all']],
  ])('lets failed preflight checks warn: %s', async (dryRun, ignored) => {
    let seen: readonly string[] | undefined;
    const look: Visit = { name: 'look', summary: 'Look', run: ({ config }) => void (seen = config.nodeRegistration.ignorePreflightErrors) };
    await visit([], { phases: [look], loaded: { config: initConfig({ dryRun }) }, machine: inFolder });
    expect(seen).toEqual(ignored);
  });

  const closing = `\
---
# [note] write /etc/kubernetes/note.yaml (0600, 13 bytes)
called: true
---
# [register] create ConfigMap default/card
apiVersion: v1
data:
  name: Ann
kind: ConfigMap
metadata:
  name: card
  namespace: default

A real run would end with:

Good day.

This would be created (the files are in /dry):
/etc/kubernetes/ (new)
└── [-rw-------]  note.yaml (13 bytes)

2 new folders, 1 file
`;

  it('ends with everything that a real run would make', async () => {
    const { stdout } = await visit(['-o', 'plain'], { loaded: dry, machine: inFolder });
    expect(stdout).toContain('[register] would create ConfigMap default/card\n');
    expect(stdout.slice(stdout.indexOf('---\n'))).toBe(closing);
  });

  it('names its folder as it is seen outside of the root folder', async () => {
    const { stdout } = await visit(['--rootfs', '/image', '-o', 'plain'], { loaded: dry, machine: inFolder });
    expect(stdout).toContain('(the files are in /image/dry)');
  });

  it('has no texts of a real run to show where no phase prints any', async () => {
    const { stdout } = await visit(['-o', 'plain'], { loaded: dry, machine: inFolder, phases: [note] });
    expect(stdout).toContain('called: true\n\nThis would be created');
  });

  it('that failed ends with what was printed, and with nothing that would be made', async () => {
    const { code, stdout } = await visit(['-o', 'plain'], { loaded: dry, machine: inFolder, phases: [note, greet, fail] });
    expect(code).toBe(1);
    expect(stdout).toMatch(/\nGood day\.\n$/);
    expect(stdout).not.toContain('would end with');
    expect(stdout).not.toContain('This would be created');
  });

  it('has no end where programs read', async () => {
    const { stdout } = await visit(['-o', 'jsonl'], { loaded: dry, machine: inFolder });
    expect(stdout).not.toContain('would end with');
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ type: 'run-end', status: 'succeeded' });
  });
});

const connect: Work['connect'] = async (_, { tell, open }) => {
  tell('still waiting');
  return open({ kubeconfig: 'secret', file: '/admin.conf' });
};
const use: Visit = { name: 'use', summary: 'Use the API', run: async ({ kube }) => void (await kube.get(reference)) };
/** Uses the API before there is a phase, and finds nothing wrong. */
const check: Visit['check'] = async ({ kube }) => {
  await kube.get(reference);
  return [];
};
/** A phase that does without the API when it gets no answer. */
const attempt = (name: string): Visit => ({
  name,
  summary: 'Try',
  run: async ({ kube }) => void (await kube.get(reference).catch(() => undefined)),
});

describe('waits for the API', () => {
  it('are told by the opening when the first request is made before there is a phase', async () => {
    const { messages } = await visit(['phase', 'use', '-o', 'jsonl'], { work: { connect }, phases: [{ ...use, check }] });
    expect(messages).toEqual(['info -: still waiting']);
  });

  it('are told by the phase that makes the first request', async () => {
    const { messages } = await visit(['phase', '--only', 'greet,use,note', '-o', 'jsonl'], {
      work: { connect },
      phases: [greet, use, note],
    });
    expect(messages).toEqual(['info use: still waiting']);
  });

  it('are told by each phase for which the connection is tried again', async () => {
    let tries = 0;
    const flaky: Work['connect'] = async (facts, options) => {
      options.tell(`try ${(tries += 1)}`);
      if (tries < 3) throw new Error('no answer');
      return connect(facts, { ...options, tell: () => undefined });
    };
    const { messages } = await visit(['phase', '--only', 'a,b,c,d', '-o', 'jsonl'], {
      work: { connect: flaky },
      phases: ['a', 'b', 'c', 'd'].map(attempt),
    });
    expect(messages).toEqual(['info a: try 1', 'info b: try 2', 'info c: try 3']);
  });
});

describe('the end of a run', () => {
  it('closes the clients of the API when it succeeded', async () => {
    const { code, accesses, openClients } = await visit([]);
    expect({ code, accesses, open: openClients() }).toEqual({ code: 0, accesses: [{ file: '/etc/kubernetes/admin.conf' }], open: 0 });
  });

  it('closes the clients of the API when a phase failed, and keeps what was printed', async () => {
    const { code, accesses, openClients, stdout, stderr } = await visit([], { phases: [register, greet, fail] });
    expect({ code, accesses: accesses.length, open: openClients() }).toEqual({ code: 1, accesses: 1, open: 0 });
    expect(stderr).toContain('the door is closed');
    expect(stdout).toMatch(/Good day\.\n$/);
  });

  it('closes the clients of the API when a check refuses the run', async () => {
    const refuse: Visit = { name: 'look', summary: 'Look', check: () => [wrongName], run: () => undefined };
    const { code, accesses, openClients } = await visit([], { phases: [{ ...note, check }, refuse] });
    expect({ code, accesses: accesses.length, open: openClients() }).toEqual({ code: 3, accesses: 1, open: 0 });
  });

  it('closes the clients of the API when it was interrupted, and stops what waits for them', async () => {
    const machine = memoryMachine();
    const handlers: ((signal: 'SIGINT' | 'SIGTERM') => void)[] = [];
    const open: number[] = [];
    let waiting: AbortSignal | undefined;
    const wait: Visit = {
      name: 'wait',
      summary: 'Wait at the door',
      run: async ({ kube }, task: Task) => {
        await kube.get(reference);
        open.push(machine.openClients());
        handlers[0]?.('SIGINT');
        task.signal.throwIfAborted();
      },
    };
    const commands = commandsOf({
      phases: [wait, note],
      work: {
        connect: async (_, options) => {
          waiting = options.signal;
          return options.open({ kubeconfig: 'secret', file: '/admin.conf' });
        },
      },
    });
    const silent = { write: () => undefined };
    const code = await runProgram(createProgram('kubephase', machine, commands), ['visit'], {
      io: { stdout: silent, stderr: silent, environment: {} },
      signals: { on: (_, handler) => void handlers.push(handler), off: () => undefined, exit: () => undefined },
    });
    expect({ code, open, left: machine.openClients() }).toEqual({ code: 130, open: [1], left: 0 });
    expect(waiting?.aborted).toBe(true);
    expect(await machine.host.files.readText('/etc/kubernetes/note.yaml')).toBeUndefined();
  });

  it('prints the texts that phases asked for, last', async () => {
    expect((await visit([])).stdout).toMatch(/\nGood day\.\n$/);
  });

  it('shows nothing of what was written in a real run', async () => {
    const { stdout } = await visit(['-o', 'plain']);
    expect(stdout).not.toContain('called: true');
    expect(stdout).not.toContain('would');
  });
});

describe('the document of a run', () => {
  it('is all that is printed, with what the phases hand over', async () => {
    const { stdout, stderr } = await visit(['-o', 'json']);
    expect(stderr).toBe('');
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document).toMatchObject({ kind: 'RunReport', workflow: 'visit', status: 'succeeded', result: { guests: 1 } });
    expect(document).not.toHaveProperty('actions');
    expect(stdout).not.toContain('Good day.');
  });

  it('has what a dry run would do, and no text for people', async () => {
    const { stdout } = await visit(['-o', 'json'], { loaded: dry, machine: inFolder });
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'succeeded',
      result: { guests: 1 },
      actions: [
        { phase: 'note', kind: 'write-file', path: '/etc/kubernetes/note.yaml', content: 'called: true\n' },
        { phase: 'register', kind: 'create-object', object: card },
      ],
    });
  });

  it('has the problems of a run that failed', async () => {
    const { code, stdout } = await visit(['-o', 'json'], { phases: [note, fail, greet] });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failed',
      remaining: ['greet'],
      resumeFrom: 'fail',
      problems: [{ summary: 'the door is closed' }],
    });
  });

  it('has the problems of a run that could not be opened', async () => {
    const { code, stdout } = await visit(['-o', 'json'], { loaded: { ok: false, problems: [wrongName], warnings: [] } });
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'RunReport',
      workflow: 'visit',
      status: 'failed',
      phases: [],
      problems: [{ code: 'CONFIG_INVALID_VALUE', summary: 'the name is wrong' }],
    });
  });
});
