/** A run made by hand for tests of renderers: phases, times and texts are the same every time. */
import type { EventBody, Listener, PhaseOutcome, PlannedPhase, RunEvent, RunStatus } from 'phaserunner';
import type { FrameClock, Output } from 'phaserunner/render';

/** 2026-01-02T03:04:05.000Z */
export const startMs = Date.UTC(2026, 0, 2, 3, 4, 5);

/** Time that moves only when told, with timers that fire on the way. */
export interface ManualClock extends FrameClock {
  advance(ms: number): void;
  readonly timers: () => number;
}

export function createManualClock(): ManualClock {
  let nowMs = startMs;
  const timers = new Set<{ intervalMs: number; dueMs: number; tick: () => void }>();
  const next = (untilMs: number) => [...timers].filter((timer) => timer.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  return {
    now: () => nowMs,
    every: (intervalMs, tick) => {
      const timer = { intervalMs, dueMs: nowMs + intervalMs, tick };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (ms) => {
      const untilMs = nowMs + ms;
      for (let timer = next(untilMs); timer !== undefined; timer = next(untilMs)) {
        nowMs = timer.dueMs;
        timer.dueMs += timer.intervalMs;
        timer.tick();
      }
      nowMs = untilMs;
    },
    timers: () => timers.size,
  };
}

/** An output that remembers. */
export interface Paper extends Output {
  readonly text: () => string;
  readonly writes: () => number;
}

export function createPaper(shape: Omit<Output, 'write'> = {}): Paper {
  const texts: string[] = [];
  return { ...shape, write: (text) => void texts.push(text), text: () => texts.join(''), writes: () => texts.length };
}

/** Sends events with stamps from a clock. */
export interface Script {
  send(body: EventBody): void;
  wait(ms: number): void;
  readonly events: readonly RunEvent[];
}

/** The same script, as a run whose actions are only intended. */
export function asDryRun(script: Script): Script {
  return { ...script, send: (body) => script.send(body.type === 'run-start' ? { ...body, dryRun: true } : body) };
}

export function createScript(listener: Listener, clock: ManualClock = createManualClock()): Script {
  const events: RunEvent[] = [];
  return {
    events,
    send: (body) => {
      const event: RunEvent = { schema: 1, sequence: events.length + 1, timeMs: clock.now(), ...body };
      events.push(event);
      listener(event);
    },
    wait: (ms) => clock.advance(ms),
  };
}

export function planned(path: string, options: Partial<PlannedPhase> = {}): PlannedPhase {
  const segments = path.split('/');
  return { path, summary: `Do ${path}`, depth: segments.length - 1, work: true, hidden: false, decision: { run: true }, ...options };
}

export const samplePlan: readonly PlannedPhase[] = [
  planned('preflight'),
  planned('certs', { work: false }),
  planned('certs/ca'),
  planned('certs/sa'),
  planned('disk', { work: false }),
  planned('disk/local'),
  planned('addon', { work: false }),
  planned('addon/coredns'),
  planned('addon/proxy', { decision: { run: false, because: 'selection', reason: 'named by --skip-phases' } }),
];

export function outcome(path: string, durationMs: number, options: Partial<PhaseOutcome> = {}): PhaseOutcome {
  return { path, status: 'succeeded', durationMs, attempts: 1, ...options };
}

export interface Ending {
  readonly status: RunStatus;
  readonly phases: readonly PhaseOutcome[];
  readonly remaining?: readonly string[];
  readonly resumeFrom?: string;
}

/** The first half of the sample run: up to `certs` being done. */
export function playBeginning(script: Script): void {
  script.send({ type: 'run-start', workflow: 'init', phases: samplePlan, total: 6 });
  script.send({ type: 'message', level: 'info', text: 'Using release v1.36.2' });
  script.send({ type: 'phase-start', path: 'preflight', summary: 'Do preflight', index: 1, total: 6 });
  script.send({ type: 'message', path: 'preflight', level: 'warning', text: 'hostname "node" cannot be resolved\nname lookup failed' });
  script.send({ type: 'message', path: 'preflight', level: 'debug', text: 'looked at port 6443', verbosity: 2 });
  script.wait(300);
  script.send({ type: 'phase-end', path: 'preflight', status: 'succeeded', durationMs: 300 });
  script.send({ type: 'phase-start', path: 'certs/ca', summary: 'Do certs/ca', index: 2, total: 6 });
  script.send({ type: 'action', path: 'certs/ca', action: { kind: 'write-file', summary: 'Write /etc/pki/ca.key (mode 0600)' } });
  script.send({ type: 'message', path: 'certs/ca', level: 'info', text: 'Generated ca certificate and key.\nValid for 10 years.' });
  script.wait(1200);
  script.send({ type: 'phase-end', path: 'certs/ca', status: 'succeeded', durationMs: 1200 });
  script.send({ type: 'phase-skip', path: 'certs/sa', because: 'condition', reason: 'the key pair exists' });
}

/** The second half, in which `disk/local` works with progress and a second try. */
export function playMiddle(script: Script): void {
  script.send({ type: 'phase-start', path: 'disk/local', summary: 'Do disk/local', index: 4, total: 6 });
  for (let done = 0; done <= 20; done += 1) script.send({ type: 'progress', path: 'disk/local', label: 'copying', done, total: 20 });
  const problem = { code: 'DISK_BUSY', summary: 'disk does not answer yet' };
  script.send({ type: 'phase-retry', path: 'disk/local', attempt: 1, attempts: 3, delayMs: 2000, problem });
  script.wait(2000);
  for (let second = 0; second < 12; second += 1) {
    script.send({ type: 'progress', path: 'disk/local', label: 'waiting for disk', done: second });
    script.wait(1000);
  }
}

/** An end in which everything succeeded. */
export function playSuccess(script: Script): void {
  playBeginning(script);
  playMiddle(script);
  script.send({ type: 'phase-end', path: 'disk/local', status: 'succeeded', durationMs: 14_000 });
  script.send({ type: 'phase-start', path: 'addon/coredns', summary: 'Do addon/coredns', index: 6, total: 6 });
  script.wait(100);
  script.send({ type: 'phase-end', path: 'addon/coredns', status: 'succeeded', durationMs: 100 });
  script.send({
    type: 'run-end',
    status: 'succeeded',
    durationMs: 15_600,
    phases: [
      outcome('preflight', 300),
      outcome('certs/ca', 1200),
      outcome('certs/sa', 0, { status: 'skipped', reason: 'the key pair exists' }),
      outcome('disk/local', 14_000, { attempts: 2 }),
      outcome('addon/coredns', 100),
    ],
    remaining: [],
  });
}

/** An end in which `disk/local` failed. */
export function playFailure(script: Script): void {
  playBeginning(script);
  script.send({ type: 'phase-start', path: 'disk/local', summary: 'Do disk/local', index: 4, total: 6 });
  script.wait(500);
  const problems = [
    {
      code: 'FILE_WRITE',
      summary: 'cannot write /etc/machine/manifests/disk.yaml',
      remedy: 'make room on the disk and run again',
      where: { phase: 'disk/local' },
      cause: new Error('ENOSPC: no space left on device'),
    },
  ];
  script.send({ type: 'phase-end', path: 'disk/local', status: 'failed', durationMs: 500, problems });
  script.send({
    type: 'run-end',
    status: 'failed',
    durationMs: 2000,
    phases: [
      outcome('preflight', 300),
      outcome('certs/ca', 1200),
      outcome('certs/sa', 0, { status: 'skipped', reason: 'the key pair exists' }),
      outcome('disk/local', 500, { status: 'failed' }),
    ],
    remaining: ['addon', 'addon/coredns'],
    resumeFrom: 'disk/local',
    problems,
  });
}

/** An end in which the user stopped the run inside `disk/local`. */
export function playCancellation(script: Script): void {
  playBeginning(script);
  script.send({ type: 'phase-start', path: 'disk/local', summary: 'Do disk/local', index: 4, total: 6 });
  script.wait(500);
  script.send({ type: 'phase-end', path: 'disk/local', status: 'cancelled', durationMs: 500 });
  script.send({
    type: 'run-end',
    status: 'cancelled',
    durationMs: 2000,
    phases: [
      outcome('preflight', 300),
      outcome('certs/ca', 1200),
      outcome('certs/sa', 0, { status: 'skipped', reason: 'the key pair exists' }),
      outcome('disk/local', 500, { status: 'cancelled' }),
    ],
    remaining: ['addon', 'addon/coredns'],
    resumeFrom: 'disk/local',
    problems: [{ code: 'RUN_CANCELLED', summary: 'the run was stopped by SIGINT' }],
  });
}
