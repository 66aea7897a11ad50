/** A listener that keeps events and can print them without what differs from run to run. */
import type { EventType, Listener, RunEvent, RunStatus } from '../events.ts';
import type { Problem } from '../problems.ts';

/** The events of one or more runs. */
export interface EventRecorder {
  /** To be handed to `runWorkflow`. */
  readonly listener: Listener;
  /** Everything heard so far. */
  readonly events: readonly RunEvent[];
  /** One line for each event without times, for comparison with a snapshot. */
  text(): string;
}

/** Returns a recorder that has heard nothing yet. */
export function recordEvents(): EventRecorder {
  const events: RunEvent[] = [];
  return {
    events,
    listener: (event) => {
      events.push(event);
    },
    text: () => events.map(lineOf).join('\n'),
  };
}

function lineOf(event: RunEvent): string {
  const path = 'path' in event && event.path !== undefined ? ` ${event.path}` : '';
  // Each text takes the event of its own key, which the compiler cannot follow through the look-up.
  const rest = (texts[event.type] as (event: RunEvent) => string)(event);
  return `${event.type}${path}${rest === '' ? '' : ` ${rest}`}`;
}

const texts: { readonly [T in EventType]: (event: Extract<RunEvent, { readonly type: T }>) => string } = {
  'run-open': ({ workflow }) => workflow,
  'run-start': ({ workflow, total, phases }) => `${workflow}: ${total} of ${phases.length}`,
  'phase-start': ({ index, total }) => `${index}/${total}`,
  'phase-skip': ({ because, reason }) => `${because}: ${reason}`,
  'phase-retry': ({ attempt, attempts, delayMs, problem }) => `${attempt}/${attempts} after ${delayMs} ms: ${problem.summary}`,
  'phase-end': ending,
  message: ({ level, text }) => `${level}: ${text}`,
  progress: ({ label, done, total }) => `${label}: ${done}${total === undefined ? '' : `/${total}`}`,
  action: ({ action }) => `${action.kind}: ${action.summary}`,
  'run-end': ending,
};

function ending({ status, problems = [] }: { readonly status: RunStatus; readonly problems?: readonly Problem[] }): string {
  return [status, ...problems.map(({ code, summary }) => `${code}: ${summary}`)].join('; ');
}
