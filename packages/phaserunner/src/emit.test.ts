import { describe, expect, it } from 'vitest';
import type { EventBody, Listener } from './events.ts';
import { createEmitter } from './emit.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { recordEvents } from './testing/record-events.ts';

const hello: EventBody = { type: 'message', level: 'info', text: 'hello' };

describe('a listener that fails', () => {
  it('is reported once and still hears everything, as do the others', () => {
    const heard: number[] = [];
    const failing: Listener = ({ sequence }) => {
      heard.push(sequence);
      throw new Error('disk full');
    };
    const recorder = recordEvents();
    const emit = createEmitter([failing, recorder.listener], fakeClock());
    emit(hello);
    emit(hello);
    expect(recorder.text().split('\n')).toEqual([
      'message info: hello',
      'message warning: a listener to the events of this run failed: Error: disk full',
      'message info: hello',
    ]);
    expect(heard).toEqual([1, 2, 3]);
  });

  it('is reported also when it is asynchronous', async () => {
    const recorder = recordEvents();
    const emit = createEmitter([() => Promise.reject(new Error('late')), recorder.listener], fakeClock());
    emit(hello);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(recorder.text()).toContain('failed: Error: late');
  });
});

describe('the end of a run', () => {
  it('is the last event', () => {
    const recorder = recordEvents();
    const emit = createEmitter([recorder.listener], fakeClock());
    emit({ type: 'run-end', status: 'succeeded', durationMs: 0, phases: [], remaining: [] });
    emit(hello);
    expect(recorder.text()).toBe('run-end succeeded');
  });
});
