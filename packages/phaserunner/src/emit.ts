/** Stamps events and hands them to the listeners. */
import type { Clock } from './clock.ts';
import { eventSchema, type EventBody, type Listener, type RunEvent } from './events.ts';

/** Sends one event to every listener. */
export type Emit = (body: EventBody) => void;

/**
 * Returns the function that stamps and sends the events of one run. Nothing is sent after `run-end`.
 *
 * A listener that fails does not disturb the run or the other listeners; its first failure is reported as a warning.
 */
export function createEmitter(listeners: Iterable<Listener>, clock: Clock): Emit {
  const failing = new Set<Listener>();
  let sequence = 0;
  let ended = false;

  const report = (listener: Listener, error: unknown): void => {
    if (failing.has(listener)) return;
    failing.add(listener);
    emit({ type: 'message', level: 'warning', text: `a listener to the events of this run failed: ${String(error)}` });
  };

  const emit: Emit = (body) => {
    if (ended) return;
    ended = body.type === 'run-end';
    sequence += 1;
    const event: RunEvent = { schema: eventSchema, sequence, timeMs: Math.round(clock.now()), ...body };
    const failures: (readonly [Listener, unknown])[] = [];
    for (const listener of listeners) {
      try {
        const answer: unknown = listener(event);
        // An asynchronous function is a valid listener; its failure must not end the process.
        if (answer instanceof Promise) answer.catch((error: unknown) => report(listener, error));
      } catch (error) {
        failures.push([listener, error]);
      }
    }
    // Reported afterwards, so that every listener sees the events in the same order.
    for (const [listener, error] of failures) report(listener, error);
  };
  return emit;
}
