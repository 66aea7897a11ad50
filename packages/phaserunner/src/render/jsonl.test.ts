import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPaper, createScript, playCancellation, playFailure, playSuccess, type Script } from '../../test/render/sample-run.ts';
import { validate, type Schema } from '../../test/render/schema.ts';
import type { EventType } from '../events.ts';
import { createRenderer, type RendererOptions } from './index.ts';

const docs = new URL('../../../../docs/', import.meta.url);
const schema = JSON.parse(readFileSync(new URL('reference/events.schema.json', docs), 'utf8')) as Schema;

const types = {
  'run-open': true,
  'run-start': true,
  'phase-start': true,
  'phase-skip': true,
  'phase-retry': true,
  'phase-end': true,
  message: true,
  progress: true,
  action: true,
  'run-end': true,
} as const satisfies Readonly<Record<EventType, true>>;

function render(play: (script: Script) => void, options: RendererOptions = {}) {
  const stdout = createPaper({ isTTY: true });
  const stderr = createPaper();
  const renderer = createRenderer('jsonl', { stdout, stderr, environment: { FORCE_COLOR: '1' } }, options);
  const script = createScript(renderer.listener);
  play(script);
  renderer.close();
  return { lines: stdout.text().split('\n').slice(0, -1), err: stderr.text(), events: script.events };
}

/** A run with everything in it that JSON has no word for. */
function playOddities(script: Script): void {
  const circle: Record<string, unknown> = { name: 'ring' };
  circle['self'] = circle;
  const action = {
    kind: 'odd',
    summary: 'do odd things',
    circle,
    big: 12n,
    bytes: new Uint8Array(3),
    when: new Date(0),
    nothing: undefined,
    not: Number.NaN,
  };
  Object.defineProperty(action, 'broken', {
    enumerable: true,
    get: () => {
      throw new Error('do not touch');
    },
  });
  script.send({ type: 'action', path: 'odd', action });
  const outer = new Error('outer', { cause: new TypeError('inner') });
  const problems = [
    { code: 'ODD', summary: 'odd', cause: outer, evidence: [{ title: 'log', lines: ['last line'] }] },
    { code: 'ODD', summary: 'odd', cause: 'only text' },
    { code: 'ODD', summary: 'odd', cause: circle },
  ];
  script.send({ type: 'phase-end', path: 'odd', status: 'failed', durationMs: 0, problems });
}

describe('JSON lines', () => {
  it('are the events in their order with the time as text', () => {
    const { lines, events } = render(playSuccess);
    const parsed = lines.map((line) => JSON.parse(line) as { readonly time: string });
    expect(parsed).toEqual(events.map((event) => Object.assign({ time: new Date(event.timeMs).toISOString() }, event)));
    expect(parsed[0]?.time).toBe('2026-01-02T03:04:05.000Z');
  });

  it('print nothing on standard error, even after a failure', () => {
    expect(render(playFailure).err).toBe('');
  });

  it('can go to standard error', () => {
    expect(render(playSuccess, { progressTo: 'stderr' })).toMatchObject({ lines: [], err: expect.stringContaining('"run-end"') });
  });

  it.each([
    ['a success', playSuccess],
    ['a failure', playFailure],
    ['a cancellation', playCancellation],
    ['odd data', playOddities],
  ])('fit the schema: %s', (_name, play) => {
    for (const line of render(play).lines) expect(validate(schema, JSON.parse(line)), line).toEqual([]);
  });

  it('survive data that is not JSON', () => {
    const [action = '', end = ''] = render(playOddities).lines;
    expect(JSON.parse(action)).toMatchObject({
      action: {
        circle: { name: 'ring', self: '<circular>' },
        big: '12',
        bytes: '<3 bytes>',
        when: '1970-01-01T00:00:00.000Z',
        not: 'NaN',
        broken: '<unreadable: do not touch>',
      },
    });
    expect(JSON.parse(end)).toMatchObject({
      problems: [
        {
          evidence: [{ title: 'log', lines: ['last line'] }],
          cause: { name: 'Error', message: 'outer', cause: { name: 'TypeError', message: 'inner' } },
        },
        { cause: { name: 'string', message: 'only text' } },
        { cause: { name: 'ring', message: '{"name":"ring","self":"<circular>"}' } },
      ],
    });
  });
});

describe('the schema of events', () => {
  it('describes every type of event and no other', () => {
    const described = schema.oneOf?.map((choice) => choice.$ref?.replace('#/$defs/', ''));
    expect(described?.toSorted()).toEqual(Object.keys(types).toSorted());
  });

  it('finds a missing field and an unknown one', () => {
    const { lines } = render(playSuccess);
    const start = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(validate(schema, { ...start, colour: 'red' })).not.toEqual([]);
    delete start['workflow'];
    expect(validate(schema, start)).not.toEqual([]);
  });

  it('fits the examples of the documentation, one for each type', () => {
    const page = readFileSync(new URL('events.md', docs), 'utf8');
    const examples = page.split('\n').filter((line) => line.startsWith('{'));
    for (const example of examples) expect(validate(schema, JSON.parse(example)), example).toEqual([]);
    const shown = examples.map((example) => (JSON.parse(example) as { readonly type: string }).type);
    expect(shown.toSorted()).toEqual(Object.keys(types).toSorted());
  });
});
