import type { RunEvent } from 'phaserunner';
import { describe, expect, it } from 'vitest';
import { createReport, runDocument, type ReportFormat } from './report.ts';

const stamp = { schema: 1, sequence: 1, timeMs: 0 } as const;
const start: RunEvent = { ...stamp, type: 'run-start', workflow: 'init', phases: [], total: 2 };
const action: RunEvent = {
  ...stamp,
  type: 'action',
  path: 'certs/ca',
  action: { kind: 'write-file', summary: 'write /pki/ca.key (0600, 9 bytes)', path: '/pki/ca.key', mode: '0600', secret: true },
};
const success: RunEvent & { readonly type: 'run-end' } = {
  ...stamp,
  type: 'run-end',
  status: 'succeeded',
  durationMs: 1500,
  phases: [
    { path: 'certs/ca', status: 'succeeded', durationMs: 250, attempts: 1 },
    { path: 'certs/sa', status: 'skipped', durationMs: 0, attempts: 0, reason: 'the key pair exists' },
  ],
  remaining: [],
};
const failure: RunEvent & { readonly type: 'run-end' } = {
  ...stamp,
  type: 'run-end',
  status: 'failed',
  durationMs: 1500,
  phases: [{ path: 'certs/ca', status: 'failed', durationMs: 250, attempts: 1 }],
  remaining: ['certs/sa'],
  resumeFrom: 'certs/ca',
  problems: [{ code: 'FILE_WRITE', summary: 'cannot write /pki/ca.key', cause: new Error('ENOSPC') }],
};

function report(format: ReportFormat, events: readonly RunEvent[]) {
  const made = createReport(format, { command: 'init', workflow: 'init' });
  for (const event of events) made.listener(event);
  made.set('joinCommand', 'kubeadm join …');
  made.print('Your control plane is ready.\n');
  made.print('\nJoin others with:\n');
  return made;
}

describe('the report of a run', () => {
  it('holds texts back for the end, verbatim', () => {
    expect(report('text', [start, success]).text()).toBe('Your control plane is ready.\n\nJoin others with:\n');
  });

  it.each(['json', 'yaml', 'jsonl'] as const)('gives no text for people as %s', (format) => {
    expect(report(format, [start, success]).text()).toBe('');
  });

  it('is one document for programs, with the fields that phases set', () => {
    expect(report('json', [start, action, success]).document(success)).toEqual({
      apiVersion: 'output.kubephase.dev/v1alpha2',
      kind: 'RunReport',
      command: 'init',
      workflow: 'init',
      status: 'succeeded',
      durationMs: 1500,
      phases: [
        { path: 'certs/ca', status: 'succeeded', durationMs: 250 },
        { path: 'certs/sa', status: 'skipped', durationMs: 0, reason: 'the key pair exists' },
      ],
      result: { joinCommand: 'kubeadm join …' },
    });
  });

  it('holds what was warned of, for programs never see the lines for people', () => {
    const warnings: readonly RunEvent[] = [
      { ...stamp, type: 'message', level: 'warning', text: 'a label stands for a version' },
      { ...stamp, type: 'message', path: 'preflight', level: 'warning', text: 'swap is on' },
      { ...stamp, type: 'message', path: 'preflight', level: 'info', text: 'images' },
    ];
    expect(report('json', [start, ...warnings, success]).document(success).warnings).toEqual([
      { text: 'a label stands for a version' },
      { phase: 'preflight', text: 'swap is on' },
    ]);
  });

  it('keeps results out of the other formats', () => {
    expect(report('jsonl', [start, success]).document(success)).not.toHaveProperty('result');
  });

  it('lists the actions of a dry run with their phases', () => {
    expect(report('json', [{ ...start, dryRun: true }, action, success]).document(success).actions).toEqual([
      {
        phase: 'certs/ca',
        kind: 'write-file',
        summary: 'write /pki/ca.key (0600, 9 bytes)',
        path: '/pki/ca.key',
        mode: '0600',
        secret: true,
      },
    ]);
  });

  it('tells problems, what was not reached and where to go on after a failure', () => {
    expect(report('yaml', [start, failure]).document(failure)).toMatchObject({
      status: 'failed',
      remaining: ['certs/sa'],
      resumeFrom: 'certs/ca',
      problems: [{ code: 'FILE_WRITE', summary: 'cannot write /pki/ca.key', cause: { name: 'Error', message: 'ENOSPC' } }],
    });
  });

  it('is there also for a run that could not be opened', () => {
    const problems = [{ code: 'CONFIG_INVALID', summary: 'there is no such field' }];
    expect(
      runDocument({ command: 'init', workflow: 'init' }, { status: 'failed', durationMs: 20, phases: [], remaining: [], problems }),
    ).toEqual({
      apiVersion: 'output.kubephase.dev/v1alpha2',
      kind: 'RunReport',
      command: 'init',
      workflow: 'init',
      status: 'failed',
      durationMs: 20,
      phases: [],
      problems: [{ ...problems[0], retryable: false }],
    });
  });
});
